"""What the system learns from goods that were declared before. Pure: no Django, no clock, no network."""
