"""Open Badges 3.0: verifiable credentials that anyone checks with the public key, without asking us."""
