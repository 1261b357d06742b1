"""Job postings: revisions, and where each is published by whose decision."""
