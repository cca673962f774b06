"""Forms of the pages of risk."""
