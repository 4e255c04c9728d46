"""A list of parts in the form of a question: options, lines, pairs, blanks or criteria."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.base import BlockField


class LineBlock(blocks.CharBlock):
    """In a list of its own it stands without a label that is seen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.field.widget.attrs["aria-label"] = _("Line")

    class Meta:
        label = _("Line")


class PartsField(BlockField):
    """A list of parts that grows by a button. Rows left empty are dropped.

    A stream of one kind of block, because Wagtail's own script draws a stream outside a panel but not a list.
    """

    def __init__(self, child: blocks.Block, rows: int, **options: Any) -> None:
        parts = blocks.StreamBlock([("part", child)], required=False, default=[("part", child.get_default())] * rows)
        super().__init__(block=parts, initial=parts.get_default, **options)

    def to_initial(self, parts: list[Any]) -> Any:
        return self.block.to_python([{"type": "part", "value": part} for part in parts])

    def clean(self, value: Any) -> list[Any]:
        parts = [child.value for child in super().clean(value)]
        plain = [dict(part) if isinstance(part, dict) else part for part in parts]
        return [part for part in plain if _texts(part)]


def _texts(part: Any) -> list[str]:
    values = part.values() if isinstance(part, dict) else [part]
    return [value for value in values if isinstance(value, str) and value.strip()]
