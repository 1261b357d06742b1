"""Which days are worked: the calendar of 调休, and the deadlines that are counted in working days."""
