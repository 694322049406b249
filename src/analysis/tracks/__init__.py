"""One recorded activity: its samples, its altitude, its distance, its hill repeats. No table of a log is known here."""
