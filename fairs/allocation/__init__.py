"""Which employer stands at which booth, and the offer that tells it."""
