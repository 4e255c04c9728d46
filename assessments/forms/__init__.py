"""What people fill in: one file for each screen or family of screens."""
