"""Papers: one description of what stands on an official paper, drawn as PDF/UA and as .docx; and their codes."""
