"""Files that come in: read into a plan of lines, looked at, carried out, undone where the kind can."""
