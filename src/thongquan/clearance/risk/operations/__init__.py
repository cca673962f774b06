"""Verbs of the room of risk."""
