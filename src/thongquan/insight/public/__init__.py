"""What anybody may use without signing in: procedures explained, a calculator of duties, tracking."""
