"""The Experience API: what a statement may look like, and how the store answers. Rules here take plain values."""
