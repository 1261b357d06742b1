"""Students: who attends, imported from the school's own records."""
