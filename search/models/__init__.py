"""What the search keeps: documents, the changes that wait, and what the database's engine looks things up in."""

from search.models.documents import SearchDocument
from search.models.files import FileText
from search.models.outbox import PendingChange
from search.models.state import IndexState

__all__ = ["FileText", "IndexState", "PendingChange", "SearchDocument"]
