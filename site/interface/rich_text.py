"""The editor of rich text, where what comes back is no text of its own: told at the field, which shows what came."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea

from interface.vietnamese import storable

# Its lists go five levels down; the converter makes an element for each level that is asked for.
_DEEPEST = 20
_LARGEST_ID = 2**31 - 1
# What reading and drawing raise of JSON that has another shape.
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, ExporterException)


class UnreadableText(str):
    """What came instead of a text. No field takes it: cleaning begins with asking for its words."""

    __slots__ = ()

    def __str__(self) -> str:
        raise ValidationError(
            _("The editor did not send this text as it should. Read what stands here, correct it, and save again."),
            code="unreadable",
        )


class RichTextArea(DraftailRichTextArea):
    """Every rich text of the site, by itself or in a block, is edited in it (``WAGTAILADMIN_RICH_TEXT_EDITORS``)."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        sent: str | None = data.get(name)
        if not sent:
            return sent
        try:
            document = json.loads(sent)
            if document is None or _is_document(document):
                return storable(self.converter.exporter.render(document))
        except _UNREADABLE:
            pass
        return UnreadableText(sent)

    def format_value(self, value: Any) -> Any:
        if isinstance(value, UnreadableText):
            value = f"<p>{escape(str.__str__(value))}</p>"
        return super().format_value(value)


def _is_document(sent: Any) -> bool:
    """Whether its lists end and its links could lead to a row. Who reads the page would meet what else was let in."""
    depths = [block.get("depth", 0) for block in sent["blocks"]]
    ids = [entity["data"].get("id") for entity in sent["entityMap"].values()]
    return (
        isinstance(sent["blocks"], list)
        and all(0 <= depth <= _DEEPEST for depth in depths)
        and all(row is None or 0 < int(str(row)) <= _LARGEST_ID for row in ids)
    )
