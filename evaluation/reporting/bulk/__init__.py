"""Writing what each person adds to a year's figures, in statements over all of them."""
