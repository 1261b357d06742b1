"""Employers: legal entities, their contacts and papers, and their standing at each university."""
