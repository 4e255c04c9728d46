"""Scoring and roll-ups of a whole province, measured."""
