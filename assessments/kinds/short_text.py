"""A few words, compared with those that the trainer accepts."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import LONGEST_TEXT, Answer, Body, Marked, Order, mark_share
from assessments.kinds.checks import demand_different, parts_of, refuse, text_of
from assessments.kinds.parts import LineBlock, PartsField
from interface.vietnamese import fold, nfc

_TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")
_MARKS_AT_THE_END = " .,;:!?…"


def tolerance_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("Accept answers without accents"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "“da nang” then counts as “Đà Nẵng”. Switch it off only where the accents are what is asked."
        ),
    )


class Typed(Body):
    """Answered in words of one's own, kept as they were typed: half a number on its way is no reason to lose it."""

    control = "text"
    longest: ClassVar[int] = LONGEST_TEXT

    def shuffle(self, rng: Random) -> Order:
        return []

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        return {"text": answer or "", "longest": str(self.longest)}

    def describe(self, answer: Answer, order: Order) -> list[str]:
        return [] if answer is None else [answer]

    @classmethod
    def clean(cls, raw: object, order: Order) -> Answer:
        return None if raw is None else typed(raw, cls.longest)

    @classmethod
    def read(cls, form: QueryDict, name: str, order: Order) -> object:
        return form.get(name, "")


@dataclass(frozen=True)
class ShortText(Typed):
    """``is_tolerant``: tone marks and accents may be missing. Blanks never count, capital letters only where
    ``is_case_exact``.
    """

    accepted: tuple[str, ...]
    is_tolerant: bool
    is_case_exact: bool = False

    key, label = "short_text", gettext_lazy("Short text")
    rule = gettext_lazy("Write a few words. An accepted answer earns the whole point; capital letters do not matter.")
    template = "assessments/questions/short_text.html"
    form_fields = {
        "accepted": PartsField(
            LineBlock(required=False, max_length=500),
            2,
            label=gettext_lazy("Accepted answers"),
            help_text=gettext_lazy(
                "Each wording that counts as right, one in each line. Capital letters do not matter."
            ),
        ),
        "is_tolerant": tolerance_field(),
        "is_case_exact": forms.BooleanField(
            label=gettext_lazy("Capital letters count"),
            required=False,
            help_text=gettext_lazy("“hà nội” is then not “Hà Nội”. Only where capital letters are what is asked."),
        ),
    }
    main_field = "accepted"
    is_counted_by_line = True

    @property
    def own_rule(self) -> str:
        accents = _("Accents may be left out.") if self.is_tolerant else _("Accents count.")
        rule = _("Write a few words. An accepted answer earns the whole point; capital letters count.")
        return f"{rule if self.is_case_exact else self.rule} {accents}"

    @property
    def unusual_rule(self) -> str:
        return "" if self.is_tolerant and not self.is_case_exact else self.own_rule

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        accepted = tuple(text_of(part) for part in parts_of(body, "accepted", 1))
        is_case_exact = body.get("is_case_exact") is True
        if is_case_exact:
            accepted = tuple(dict.fromkeys(accepted))
        else:
            demand_different(accepted)
        return cls(accepted, body.get("is_tolerant", True) is True, is_case_exact)

    def as_json(self) -> dict[str, Any]:
        """That capital letters count only where they do: what was stored before is the same text still."""
        return {name: value for name, value in super().as_json().items() if name != "is_case_exact" or value}

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        accepted = self.accepted
        if self.is_case_exact:
            accepted = tuple(each for each in accepted if _capitals(each) == _capitals(answer))
        return mark_share(int(is_accepted(answer, accepted, is_tolerant=self.is_tolerant)), 1)

    def right_answer(self) -> list[str]:
        return [self.accepted[0]]  # the others are ways to write the same


def typed(raw: object, longest: int) -> str | None:
    """What a learner typed, composed and trimmed; None if empty. Raises ValidationError."""
    if not isinstance(raw, str):
        raise refuse()
    text = nfc(raw)
    if len(text) > longest:
        raise ValidationError(_("Write at most %(count)d characters.") % {"count": longest})
    return text or None


def is_accepted(text: str, accepted: Sequence[str], *, is_tolerant: bool) -> bool:
    comparable = _tolerant if is_tolerant else _exact
    return comparable(text) in {comparable(each) for each in accepted}


def _capitals(text: str) -> list[bool]:
    """Which of the letters are capital, in order."""
    return [sign.isupper() for sign in unicodedata.normalize("NFC", text) if sign.isalpha()]


def _tolerant(text: str) -> str:
    return fold(text).strip(_MARKS_AT_THE_END)


def _exact(text: str) -> str:
    """Accents count, but not on which letter of the syllable the tone stands: Hoà is Hòa."""
    words = unicodedata.normalize("NFD", text.casefold().strip(_MARKS_AT_THE_END)).split()
    return " ".join("".join(c for c in word if c not in _TONES) + _tones(word) for word in words)


def _tones(word: str) -> str:
    return "".join(sorted(c for c in word if c in _TONES))
