"""The pages of recognition: the officers' lists and decisions, the citizen's titles, and public verification."""
