"""What apps above put on every page; each adds its own in its ``ready`` (decision 0007)."""

scripts: list[str] = []  # static files, each an ES module
scripts_for_members: list[str] = []  # the same, for who is signed in
templates_for_members: list[str] = []  # beneath the header, for who is signed in; without a context
