"""Vetting: cases on frozen text, findings of the clause engine, decisions of officers."""
