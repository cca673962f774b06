"""Letters of consultations."""
