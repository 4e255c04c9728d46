"""A finished course as a paper, a badge, and a public page that says whether they stand."""
