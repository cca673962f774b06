"""The customs value in question: bands of usual prices, reference prices, consultations, the six methods."""
