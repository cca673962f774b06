"""What the law computes: pure functions over typed facts. No Django, no clock, no files, no network."""
