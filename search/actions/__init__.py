"""What changes the search: its dictionary, the editors' picks, the count of what was not found; and the index itself.

What follows from published pages is the system's own: nobody acts there, and the outbox is its record.
"""

from search.actions.daily import note_the_day
from search.actions.delivering import deliver
from search.actions.draining import Drained, drain
from search.actions.files import keep_text
from search.actions.missed import count_missed, forget_missed
from search.actions.outbox import note
from search.actions.picks import save_pick
from search.actions.rebuilding import rebuild
from search.actions.words import load_terms, save_terms
