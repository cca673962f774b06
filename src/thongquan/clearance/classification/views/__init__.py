"""Pages of codes for goods."""
