"""Paths -> one Log: every record is loaded or refused, every session counts once."""
