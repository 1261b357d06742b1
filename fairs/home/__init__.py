"""The first page of each person: what waits for me, by role."""
