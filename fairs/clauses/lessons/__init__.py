"""Texts that the second reader learns from: labelled ones, and clauses written as patterns with word lists."""
