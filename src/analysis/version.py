"""The version of this package, once for its metadata, its pages and its callers."""

__version__ = "0.2.0"
