"""Asking employers to a fair: whom and why, the letter with its personal link, the answer, what came of it (S14)."""
