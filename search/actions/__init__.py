"""What changes the search: its dictionary, the editors' picks, the count of what was not found."""

from search.actions.missed import count_missed, forget_missed
from search.actions.picks import save_pick
from search.actions.words import load_terms, save_terms

__all__ = ["count_missed", "forget_missed", "load_terms", "save_pick", "save_terms"]
