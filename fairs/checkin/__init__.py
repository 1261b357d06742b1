"""The door: who may come in, who is inside, and how full the hall is."""
