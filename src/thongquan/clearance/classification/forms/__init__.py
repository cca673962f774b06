"""Forms of the pages of codes for goods."""
