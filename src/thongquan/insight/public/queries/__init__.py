"""What the public may know, as typed frozen values."""
