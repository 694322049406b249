"""Notebooks by path -> executed pages to share. What they measure is theirs."""
