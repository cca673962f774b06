"""Thông Quan: the digital and smart customs system of a border region."""

__version__ = "0.1.0"
