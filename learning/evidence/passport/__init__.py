"""The learning record that a person takes along as one signed file, and such files as they come in: pure but for
``file.py``."""
