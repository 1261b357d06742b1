"""Seasons and what happens in them: programmes, events, occurrences, entry slots, plans and shifts."""
