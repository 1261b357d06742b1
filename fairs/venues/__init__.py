"""Spaces and who uses them when; booth plans."""
