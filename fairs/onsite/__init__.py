"""On the day: what happened in the halls, and the closing check of each hall (C5 to C8, O7)."""
