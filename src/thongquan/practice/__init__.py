"""Invented trade to learn and to show with: pure, the same for the same seed, no clock.

The catalog opens the one file that it ships with; otherwise files are opened only where a path is given.
"""
