"""The clause engine: text in, findings with exact places and legal bases out. Pure, and advice only."""
