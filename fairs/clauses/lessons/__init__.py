"""What the second reader learns from: labelled texts (``labelled.jsonl``) and patterns (``written.txt``)."""
