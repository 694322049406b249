"""Logs of sets, ours and those of strength apps."""
