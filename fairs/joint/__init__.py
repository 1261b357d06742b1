"""Joint fairs: several universities, one fair, each with its quota, its students and its figures."""
