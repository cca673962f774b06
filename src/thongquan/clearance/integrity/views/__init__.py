"""Pages of integrity."""
