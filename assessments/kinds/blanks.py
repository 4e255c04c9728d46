"""A text with blanks in it: a few words are written into each, or chosen from a list.

``[1]``, ``[2]``… in the text stand where the blanks are. An answer has one entry for each blank: what was typed, the
chosen place among the shuffled options, or None.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from random import Random
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.admin.widgets import AdminAutoHeightTextInput

from assessments.kinds.base import LONGEST_TEXT, Answer, Body, Marked, Order, mark_share
from assessments.kinds.checks import (
    MOST_PARTS,
    demand_different,
    moved,
    parts_of,
    place_from_form,
    place_in,
    refuse,
    text_of,
)
from assessments.kinds.numbers import canonical, readings, unambiguous
from assessments.kinds.numeric import NumberField, localised
from assessments.kinds.parts import PartsField
from assessments.kinds.short_text import is_accepted, tolerance_field, typed
from interface.vietnamese import nfc

LONGEST_PASSAGE = 4000
WITHIN = "±"
MARK = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True)
class Gap:
    """With ``wrong`` ones it is a list to choose from; without, each of ``right`` is an accepted wording.

    With a ``tolerance`` a number is written, which may differ so much from one of ``right``; all are canonical.
    """

    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    tolerance: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        return (*self.right, *self.wrong) if self.wrong else ()

    @property
    def in_words(self) -> str:
        """The right answer. Of several wordings, the first."""
        if not self.tolerance:
            return self.right[0]
        within = f" (± {localised(Decimal(self.tolerance))})" if Decimal(self.tolerance) else ""
        return f"{localised(Decimal(self.right[0]))}{within}"

    def takes(self, text: str, *, is_tolerant: bool) -> bool:
        """Whether what was written is right."""
        if not self.tolerance:
            return is_accepted(text, self.right, is_tolerant=is_tolerant)
        most = Decimal(self.tolerance)
        return any(abs(value - Decimal(right)) <= most for value in readings(text) for right in self.right)


def gap_as_written(right: Sequence[str], wrong: Sequence[str]) -> dict[str, Any]:
    """As trainers write it: a number's tolerance stands as "±0,1" in place of wrong ones. Raises ValidationError."""
    if len(wrong) != 1 or not wrong[0].startswith(WITHIN):
        return {"right": list(right), "wrong": list(wrong)}
    read = NumberField().clean
    return {"right": [read(text) for text in right], "wrong": [], "tolerance": read(wrong[0].removeprefix(WITHIN))}


def written_gap(gap: Gap) -> tuple[list[str], list[str]]:
    """The other way round."""
    if not gap.tolerance:
        return list(gap.right), list(gap.wrong)
    return [unambiguous(right) for right in gap.right], [f"{WITHIN}{unambiguous(gap.tolerance)}"]


class GapBlock(blocks.StructBlock):
    right = blocks.TextBlock(
        label=gettext_lazy("Right"),
        required=False,
        rows=2,
        help_text=gettext_lazy("What belongs into the blank. Several accepted wordings: one in each line."),
    )
    wrong = blocks.TextBlock(
        label=gettext_lazy("Wrong ones to choose from"),
        required=False,
        rows=2,
        help_text=gettext_lazy(
            "One in each line; learners then choose from a list. Leave it empty and they write. For a number, write ± "
            "and by how much it may differ: ±0,1."
        ),
    )

    class Meta:
        label = gettext_lazy("Blank")


class GapsField(PartsField):
    """What stands in lines on the screen is a list in the question."""

    def to_initial(self, parts: list[Any]) -> Any:
        written = [written_gap(Gap(part["right"], part["wrong"], part.get("tolerance", ""))) for part in parts]
        return super().to_initial([{"right": "\n".join(right), "wrong": "\n".join(wrong)} for right, wrong in written])

    def clean(self, value: Any) -> list[Any]:
        return [gap_as_written(_lines(part["right"]), _lines(part["wrong"])) for part in super().clean(value)]


@dataclass(frozen=True)
class Blanks(Body):
    text: str
    gaps: tuple[Gap, ...]
    is_tolerant: bool = True

    key, label, control = "blanks", gettext_lazy("Blanks in a text"), "gaps"
    template = "assessments/questions/blanks.html"
    rule = gettext_lazy(
        "Fill in each blank. Each right one earns its share of the point; a wrong one takes nothing away."
    )
    form_fields = {
        "text": forms.CharField(
            label=gettext_lazy("Text with blanks"),
            widget=AdminAutoHeightTextInput,
            max_length=LONGEST_PASSAGE,
            help_text=gettext_lazy("Write [1] where the first blank is, [2] where the second is, and so on."),
        ),
        "gaps": GapsField(
            GapBlock(),
            2,
            label=gettext_lazy("Blanks"),
            help_text=gettext_lazy("In this order they are [1], [2] and so on."),
        ),
        "is_tolerant": tolerance_field(),
    }
    main_field = "gaps"

    @property
    def own_rule(self) -> str:
        if all(gap.wrong for gap in self.gaps):
            return str(self.rule)
        accents = _("Accents may be left out.") if self.is_tolerant else _("Accents count.")
        return f"{self.rule} {accents}"

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        text = nfc(str(body.get("text") or ""))
        if len(text) > LONGEST_PASSAGE:
            raise ValidationError(_("Write at most %(count)d characters.") % {"count": LONGEST_PASSAGE})
        parts = [part if isinstance(part, Mapping) else {} for part in parts_of(body, "gaps", 1)]
        gaps = tuple(_gap(part) for part in parts)
        marks = [int(number) for number in MARK.findall(text)]
        if sorted(marks) != list(range(1, len(gaps) + 1)):
            message = _("Put each of %(marks)s into the text once, where the blanks are; there are %(found)s.")
            raise ValidationError(message % {"marks": _marks(range(1, len(gaps) + 1)), "found": _marks(marks)})
        return cls(text, gaps, body.get("is_tolerant", True) is True)

    def as_json(self) -> dict[str, Any]:
        """A tolerance only where there is one: what was stored before is the same text still."""
        whole = super().as_json()
        gaps = [{name: value for name, value in gap.items() if name != "tolerance" or value} for gap in whole["gaps"]]
        return whole | {"gaps": gaps}

    def shuffle(self, rng: Random) -> Order:
        """For each blank the order of its options; empty where words are written."""
        return [rng.sample(range(len(gap.options)), len(gap.options)) for gap in self.gaps]

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        answers = answer or [None] * len(self.gaps)
        pieces: list[dict[str, Any]] = []
        for place, piece in enumerate(MARK.split(self.text)):
            if place % 2 == 0:
                pieces.append({"text": piece})
            else:
                index = int(piece) - 1
                pieces.append({"gap": self._shown_gap(index, order[index], answers[index])})
        return {"pieces": pieces}

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        right = sum(self._is_right(*each) for each in zip(self.gaps, answer, order, strict=True))
        return mark_share(right, len(self.gaps))

    def offered(self) -> list[str]:
        return [MARK.sub("…", self.text), *sorted({option for gap in self.gaps for option in gap.options})]

    def carried(self, asked: Self, order: Order) -> Order | None:
        if self.text != asked.text or len(self.gaps) != len(asked.gaps):
            return None
        gaps = zip(order, asked.gaps, self.gaps, strict=True)
        orders = [moved(each, before.options, now.options) for each, before, now in gaps]
        return None if None in orders else orders

    def right_answer(self) -> list[str]:
        return [f"{number}. {gap.in_words}" for number, gap in enumerate(self.gaps, start=1)]

    def describe(self, answer: Answer, order: Order) -> list[str]:
        rows = enumerate(zip(self.gaps, answer or [], order, strict=False), start=1)
        return [f"{number}. {_said(*each)}" for number, each in rows if each[1] is not None]

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        if raw is None:
            return None
        if not isinstance(raw, list) or len(raw) != len(order):
            raise refuse()
        entries = [_clean_entry(entry, options) for entry, options in zip(raw, order, strict=True)]
        return None if all(entry is None for entry in entries) else entries

    @classmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        sent = [form.get(f"{name}-{place}", "") for place in range(len(order))]
        return [place_from_form(text) if options else text for text, options in zip(sent, order, strict=True)]

    def _is_right(self, gap: Gap, entry: Answer, order: Order) -> bool:
        if entry is None:
            return False
        if gap.wrong:
            return bool(order[entry] == 0)
        return gap.takes(entry, is_tolerant=self.is_tolerant)

    def _shown_gap(self, index: int, order: Order, entry: Answer) -> dict[str, Any]:
        shown: dict[str, Any] = {"row": str(index), "number": str(index + 1), "longest": str(LONGEST_TEXT)}
        if not order:
            return shown | {"text": entry or ""}
        options = self.gaps[index].options
        return shown | {
            "choices": [
                {"value": str(place), "text": options[option], "is_chosen": place == entry}
                for place, option in enumerate(order)
            ]
        }


def _gap(part: Mapping[str, Any]) -> Gap:
    right, wrong = (_texts(part.get(name)) for name in ("right", "wrong"))
    if not right:
        raise ValidationError(_("A blank has no right answer."))
    if wrong and len(right) > 1:
        raise ValidationError(_("A blank with a list to choose from has one right answer."))
    if len(right) + len(wrong) > MOST_PARTS:
        raise ValidationError(_("Write at most %(count)d lines.") % {"count": MOST_PARTS})
    demand_different([*right, *wrong])
    if not (tolerance := part.get("tolerance")):
        return Gap(right, wrong)
    if wrong or _number(tolerance) < 0:
        raise ValidationError(_("The tolerance cannot be less than zero."))
    return Gap(tuple(canonical(_number(text)) for text in right), (), canonical(_number(tolerance)))


def _number(raw: object) -> Decimal:
    try:
        number = Decimal(raw) if isinstance(raw, str) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 20:
        raise ValidationError(_("“%(text)s” is no number."), params={"text": str(raw)[:40]})
    return number


def _texts(raw: object) -> tuple[str, ...]:
    return tuple(" ".join(text_of(each).split()) for each in raw) if isinstance(raw, list | tuple) else ()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _marks(numbers: Sequence[int]) -> str:
    return ", ".join(f"[{number}]" for number in numbers) or _("none")


def _clean_entry(entry: object, options: Sequence[int]) -> Answer:
    if entry is None:
        return None
    return place_in(entry, len(options)) if options else typed(entry, LONGEST_TEXT)


def _said(gap: Gap, entry: Answer, order: Order) -> str:
    return gap.options[order[entry]] if gap.wrong else str(entry)
