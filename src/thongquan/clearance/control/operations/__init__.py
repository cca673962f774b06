"""Verbs of control: check, inspect, change the channel, release, let out."""
