"""Small parts of the pages of certificates."""
