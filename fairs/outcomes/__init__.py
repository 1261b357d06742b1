"""After the fair: confirmed figures, who did not come, the survey of both sides, results, and what it all led to."""
