"""Measured availability and speed of this installation, for everyone."""
