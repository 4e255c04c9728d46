"""Where apps above say to what one can call people."""
