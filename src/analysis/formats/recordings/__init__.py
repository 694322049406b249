"""Recordings, a point a second or so: FIT, GPX and TCX."""
