"""Verbs of integrity: copies, signals, cases, what is kept and for how long."""
