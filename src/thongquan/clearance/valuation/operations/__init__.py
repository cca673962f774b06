"""Verbs of the customs value: prices, consultations, values found."""
