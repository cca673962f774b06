"""What the room of risk tells, as typed frozen values."""
