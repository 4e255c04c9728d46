"""What changes the search: its dictionary, the editors' picks, the count of what was not found; and the index itself.

What follows from published pages is the system's own: nobody acts there, and the outbox is its record.
"""

from search.actions.daily import note_the_day
from search.actions.documents import keep_text
from search.actions.draining import Drained, deliver, drain
from search.actions.outbox import note
from search.actions.rebuilding import rebuild
from search.actions.words import count_missed, forget_missed, load_terms, save_pick, save_terms
