"""Where apps above add what they know."""
