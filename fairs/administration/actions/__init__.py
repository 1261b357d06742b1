"""What changes the administration of a university: its settings and data, its parts, its people."""
