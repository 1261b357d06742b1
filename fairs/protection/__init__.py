"""Protecting students: reports and what comes of them, alerts, booths looked at on the spot, case files."""
