"""Work over time of the search. Each task may run twice without harm."""

import contextlib
import tempfile

from django.utils import timezone
from wagtail.documents import get_document_model

from search import actions, extraction
from work.queue import task


@task()
def carry_out() -> int:
    """Brings what waits in the outbox to the engines; gives how many changes were carried out."""
    done = 0
    has_more = True
    while has_more:
        drained = actions.drain(at=timezone.now())
        done, has_more = done + drained.changes, drained.has_more
        for file_id in dict.fromkeys(drained.files):
            read_file.enqueue(file_id)
    actions.deliver(at=timezone.now())
    return done


@task()
def read_file(file_id: int) -> str:
    """Reads an uploaded file's text in a process of its own; gives why there is none, or nothing."""
    file = get_document_model().objects.filter(pk=file_id).first()
    if file is None:
        return "gone"
    digest = file.get_file_hash()
    with contextlib.ExitStack() as stack:
        # Wherever files are stored: the reader gets a copy, and never our own.
        copy = stack.enter_context(tempfile.NamedTemporaryFile(suffix=f".{file.file_extension}"))
        content = stack.enter_context(file.open_file())
        for piece in content.chunks():
            copy.write(piece)
        copy.flush()
        found = extraction.read(copy.name, file.file_extension)
    actions.keep_text(file_id=file_id, digest=digest, text=found.text, reason=found.reason, at=timezone.now())
    carry_out.enqueue()
    return found.reason
