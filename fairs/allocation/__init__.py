"""Who stands at which booth: requests onto booths, offers and answers."""
