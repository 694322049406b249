"""Every file format that is read, one file each: bytes -> lines of work, activities or points. What a file does not say is missing."""
