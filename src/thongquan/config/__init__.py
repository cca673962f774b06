"""Composition root: the only room that knows all others."""
