"""Forms of the pages of values."""
