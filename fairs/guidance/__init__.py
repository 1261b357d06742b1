"""Guidance: what a student wants, which fairs fit and why, what they keep for later."""
