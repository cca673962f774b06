"""Integrity: how officers' work differs from that of colleagues, asked about with due process, by internal control."""
