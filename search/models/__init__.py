"""What the search keeps: documents, the changes that wait, and what the database's engine looks things up in."""

from search.models.documents import SearchDocument
from search.models.missed import MissedSearch
from search.models.outbox import PendingChange
from search.models.picks import Pick
from search.models.words import TermGroup

__all__ = ["MissedSearch", "PendingChange", "Pick", "SearchDocument", "TermGroup"]
