"""Verbs of codes for goods, a file for each part of the room."""
