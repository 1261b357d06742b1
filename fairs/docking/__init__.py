"""Docking meetings: employers and departments meet at tables that are booked beforehand (S94)."""
