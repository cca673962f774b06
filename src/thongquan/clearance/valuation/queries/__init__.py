"""What may be read of prices and consultations."""
