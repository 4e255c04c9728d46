"""What the search keeps: documents, the changes that wait, what the database's engine looks things up in, and words."""

from search.models.documents import FileText, SearchDocument
from search.models.outbox import IndexState, PendingChange
from search.models.words import MissedSearch, Pick, TermGroup
