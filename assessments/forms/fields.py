"""The fields and lists of which the forms of questions are made."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.base import BlockField
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from assessments.bank.media import LONGEST_ALT
from assessments.kinds.numbers import canonical, readings
from assessments.kinds.numeric import localised
from assessments.kinds.written import MOST_POINTS


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Option"), required=False, max_length=500)
    is_correct = blocks.BooleanBlock(label=_("This one is right"), required=False)
    picture = ImageChooserBlock(label=_("Picture"), required=False)
    picture_alt = blocks.CharBlock(label=_("What the picture shows, in words"), required=False, max_length=LONGEST_ALT)
    sound = DocumentChooserBlock(label=_("Sound"), required=False)
    sound_alt = blocks.CharBlock(label=_("What is heard, in words"), required=False, max_length=LONGEST_ALT)

    class Meta:
        label = _("Option")
        form_layout = blocks.BlockGroup(
            children=["text", "is_correct"], settings=["picture", "picture_alt", "sound", "sound_alt"]
        )


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=_("On the left"), required=False, max_length=500)
    right = blocks.CharBlock(label=_("Its partner on the right"), required=False, max_length=500)

    class Meta:
        label = _("Pair")


class CriterionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What is looked at"), required=False, max_length=500)
    points = blocks.IntegerBlock(label=_("Points at most"), default=1, min_value=1, max_value=MOST_POINTS)

    class Meta:
        label = _("Criterion")


class GapBlock(blocks.StructBlock):
    right = blocks.TextBlock(
        label=_("Right"),
        required=False,
        rows=2,
        help_text=_("What belongs into the blank. Several accepted wordings: one in each line."),
    )
    wrong = blocks.TextBlock(
        label=_("Wrong ones to choose from"),
        required=False,
        rows=2,
        help_text=_("One in each line; learners then choose from a list. Leave it empty and they write."),
    )

    class Meta:
        label = _("Blank")


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


class OptionsField(PartsField):
    """Options with pictures and sounds: on the way out each is the number of the chosen file."""

    def clean(self, value: Any) -> list[Any]:
        return [
            part | {name: getattr(part.get(name), "pk", None) for name in ("picture", "sound")}
            for part in super().clean(value)
        ]


class GapsField(PartsField):
    """Blanks: what stands in lines on the screen is a list in the question."""

    def to_initial(self, parts: list[Any]) -> Any:
        return super().to_initial([{name: "\n".join(lines) for name, lines in part.items()} for part in parts])

    def clean(self, value: Any) -> list[Any]:
        return [{name: _lines(text) for name, text in part.items()} for part in super().clean(value)]


class NumberField(forms.CharField):
    """A number as it is written here; one that can be read in two ways is refused."""

    def to_initial(self, number: str) -> str:
        return localised(Decimal(number)) if number else ""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        found = sorted(readings(text)) if text else []
        if len(found) > 1:
            few, many = localised(found[0]), canonical(found[1])
            message = _now("“%(text)s” can be read in two ways. Write %(many)s, or %(few)s with one more zero.")
            raise ValidationError(message % {"text": text, "few": few, "many": many})
        if text and not found:
            raise ValidationError(_now("“%(text)s” is no number.") % {"text": text})
        return canonical(found[0]) if found else ""


class SpellingsField(forms.CharField):
    """Several spellings in one line, parted by semicolons."""

    def to_initial(self, spellings: Sequence[str]) -> str:
        return "; ".join(spellings)

    def clean(self, value: Any) -> Any:
        return [part.strip() for part in str(super().clean(value)).split(";") if part.strip()]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _texts(part: Any) -> list[str]:
    values = part.values() if isinstance(part, dict) else [part]
    return [value for value in values if isinstance(value, str) and value.strip()]
