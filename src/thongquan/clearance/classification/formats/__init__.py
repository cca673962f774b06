"""Files of codes for goods that people send in and take away."""
