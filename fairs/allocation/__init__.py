<<<<<<< HEAD
"""Who stands at which booth: requests onto booths, offers and answers."""
=======
"""Which employer stands at which booth, and the offer that tells it."""
>>>>>>> pure
