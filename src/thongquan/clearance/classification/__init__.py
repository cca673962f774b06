"""Codes of goods: suggestion, precedents, and goods declared under two codes."""
