"""What is due, to whom and when: reminders computed from rows, queued once."""
