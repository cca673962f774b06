"""What others may know of codes for goods: findings and cases, precedents, suggestions."""
