"""What a running content says, read without trust: entries, merged states, statements. Pure."""
