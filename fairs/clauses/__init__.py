"""The clause engine: text of a posting in, findings with exact places and legal bases out. Pure, and advice only."""
