"""One module for each format, each with ``read(path)``: pieces of text in reading order."""
