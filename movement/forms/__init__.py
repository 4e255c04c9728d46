"""What is typed into the registers of the movement."""
