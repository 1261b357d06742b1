"""Administration of a university: settings, academic calendar, people and roles, its parts, master lists."""
