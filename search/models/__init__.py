"""What the search keeps: documents, the changes that wait, what the database's engine looks things up in, and words."""

from search.models.documents import SearchDocument
from search.models.files import FileText
from search.models.missed import MissedSearch
from search.models.outbox import PendingChange
from search.models.picks import Pick
from search.models.state import IndexState
from search.models.words import TermGroup
