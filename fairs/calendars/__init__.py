"""Calendars that people subscribe to: feeds, single entries and invitations in iCalendar."""
