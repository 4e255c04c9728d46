"""The writes of the search: what has changed, what is carried out, what files say.

They are the system's own: nobody acts here, and the outbox is the record, so there are no entries in the audit log.
"""

from search.actions.delivering import deliver
from search.actions.draining import Drained, drain
from search.actions.files import keep_text
from search.actions.outbox import note
from search.actions.rebuilding import rebuild

__all__ = ["Drained", "deliver", "drain", "keep_text", "note", "rebuild"]
