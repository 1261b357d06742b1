"""What the second reader learns from: ``labelled.jsonl`` (the project's labelled texts), ``written.txt`` (patterns)."""
