"""Where apps above say whom one can call, and to what."""
