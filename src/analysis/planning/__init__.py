"""A week that keeps its limits, and its file for a calendar."""
