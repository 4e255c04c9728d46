"""What learners are given a certificate of, a finished course or a session attended: one paper, one badge and one
public page for all, for which each kind has its own words."""
