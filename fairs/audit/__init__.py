"""Who did what: rows written with each change, sealed into a hash chain; and who read personal data."""
