"""Privacy: what is stored about a person, and the person's rights to it."""
