"""Opens, moves, postpones, cancels and closes an event, with all its gates and followers."""
