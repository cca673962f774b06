"""What others may ask of control."""
