"""Lists of people as files: what stands in a row, who that is, and what would become of it. Writes nothing."""
