"""What internal control reads, and what an officer reads who was asked."""
