"""Readers and writers of files: each door turns bytes into the typed document and back, nothing else."""
