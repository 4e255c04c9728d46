"""Lists to which apps above add."""
