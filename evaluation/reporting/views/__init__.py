"""The pages of reporting: a unit's targets for its officers, and the public results."""
