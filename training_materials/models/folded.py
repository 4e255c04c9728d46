"""What makes a page findable without tone marks: forms of its text, written whenever it is saved."""

import json
import unicodedata

from django.db import models
from wagtail.blocks import StreamValue

from membership.vietnamese import nfc
from training_materials.folding import folded_form, toned_form


class FoldedText(models.Model):
    """For pages that the library and the search look through. Put it before ``Page`` among the bases.

    The four columns follow from the page's own text: ``clean`` writes them, and
    Wagtail cleans a page before every save. A subclass says in ``searched_text`` what stands beyond title and
    summary, and in ``searched_names`` what counts as much as the title, as a document's number does.
    """

    folded_title = models.TextField(editable=False, blank=True)
    folded_summary = models.TextField(editable=False, blank=True)
    folded_text = models.TextField(editable=False, blank=True)
    toned_text = models.TextField(editable=False, blank=True)

    composed_fields: tuple[str, ...] = ("title", "summary")

    class Meta:
        abstract = True

    def searched_names(self) -> list[str]:
        return []

    def searched_text(self) -> str:
        body = getattr(self, "body", None)
        return stream_text(body) if body else ""

    def clean(self) -> None:
        super().clean()
        compose(self, *self.composed_fields)
        names = [self.title, *self.searched_names()]  # type: ignore[attr-defined]
        summary = getattr(self, "summary", "")
        text = self.searched_text()
        self.folded_title = folded_form(*names)
        self.folded_summary = folded_form(summary)
        self.folded_text = folded_form(*names, summary, text)
        self.toned_text = toned_form(*names, summary, text)


def stream_text(body: StreamValue) -> str:
    """All words of a stream of blocks, nested ones included, without markup."""
    return " ".join(str(part) for part in body.stream_block.get_searchable_content(body))


def compose(page: models.Model, *fields: str) -> None:
    """Brings these text fields, and the blocks of the body, to the composed form (NFC) in which text is kept."""
    for field in fields:
        value = getattr(page, field, None)
        if isinstance(value, str):
            setattr(page, field, nfc(value))
    body = getattr(page, "body", None)
    if isinstance(body, StreamValue):
        page.body = _composed(body)  # type: ignore[attr-defined]


def _composed(body: StreamValue) -> StreamValue:
    written = json.dumps(body.get_prep_value(), ensure_ascii=False)
    if unicodedata.is_normalized("NFC", written):
        return body
    raw = json.loads(unicodedata.normalize("NFC", written))
    return StreamValue(body.stream_block, raw, is_lazy=True)
