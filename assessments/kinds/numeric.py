"""A number, right within a tolerance, and its unit if the trainer asks for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.kinds.base import Answer, Marked, Order, mark_share
from assessments.kinds.checks import demand_different, text_of
from assessments.kinds.numbers import canonical, readings, same_unit, split_unit
from assessments.kinds.short_text import Typed

LONGEST = 60  # signs of an answer
MOST_UNITS = 6
_LARGEST = Decimal(10) ** 15
_FINEST = -12  # decimals


class NumberField(forms.CharField):
    """A number as it is written here; one that can be read in two ways is refused."""

    def to_initial(self, number: str) -> str:
        return localised(Decimal(number)) if number else ""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        found = sorted(readings(text)) if text else []
        if len(found) > 1:
            few, many = localised(found[0]), canonical(found[1])
            message = _("“%(text)s” can be read in two ways. Write %(many)s, or %(few)s with one more zero.")
            raise ValidationError(message % {"text": text, "few": few, "many": many})
        if text and not found:
            raise ValidationError(_("“%(text)s” is no number.") % {"text": text})
        return canonical(found[0]) if found else ""


class SpellingsField(forms.CharField):
    """Several spellings in one line, parted by semicolons."""

    def to_initial(self, spellings: Sequence[str]) -> str:
        return "; ".join(spellings)

    def clean(self, value: Any) -> Any:
        return [part.strip() for part in str(super().clean(value)).split(";") if part.strip()]


@dataclass(frozen=True)
class Numeric(Typed):
    """``units``: spellings of one unit, the first is shown; asked for, it must stand behind the number."""

    number: Decimal
    tolerance: Decimal = Decimal(0)
    units: tuple[str, ...] = ()
    is_unit_asked: bool = False

    key, label, longest = "numeric", gettext_lazy("Number"), LONGEST
    template = "assessments/questions/numeric.html"
    rule = gettext_lazy(
        "Write a number in digits. It earns the whole point if it differs from the right one by no more than the "
        "tolerance that the trainer set. A comma or a point may mark decimals."
    )
    form_fields = {
        "number": NumberField(
            label=gettext_lazy("The right number"), max_length=30, help_text=gettext_lazy("In digits, such as 12,5.")
        ),
        "tolerance": NumberField(
            label=gettext_lazy("Tolerance"),
            max_length=30,
            required=False,
            help_text=gettext_lazy("By how much an answer may differ and still be right. Empty: not at all."),
        ),
        "units": SpellingsField(
            label=gettext_lazy("Unit"),
            max_length=200,
            required=False,
            help_text=gettext_lazy(
                "Such as kg. Other spellings of the same unit follow after a semicolon: kg; ki-lô-gam."
            ),
        ),
        "is_unit_asked": forms.BooleanField(
            label=gettext_lazy("Learners write the unit too"),
            required=False,
            help_text=gettext_lazy(
                "Otherwise it stands behind the field. A right number with a wrong unit earns half the point."
            ),
        ),
    }
    main_field = "number"
    is_counted_by_line = True

    @property
    def own_rule(self) -> str:
        if not self.is_unit_asked:
            return str(self.rule)
        unit = _("Write the unit behind it: the right number with another unit or with none earns half the point.")
        return f"{self.rule} {unit}"

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        units = body.get("units") or []
        if not isinstance(units, list | tuple) or len(units) > MOST_UNITS:
            raise ValidationError(_("Write at most %(count)d spellings of the unit.") % {"count": MOST_UNITS})
        spellings = tuple(text_of(unit) for unit in units)
        demand_different(spellings)
        if any(split_unit(unit)[0] for unit in spellings):
            raise ValidationError(_("A unit does not begin with a number."))
        is_asked = body.get("is_unit_asked") is True
        if is_asked and not spellings:
            raise ValidationError(_("Write the unit that learners are to give."))
        tolerance = _number(body.get("tolerance") or "0")
        if tolerance < 0:
            raise ValidationError(_("The tolerance cannot be less than zero."))
        return cls(_number(body.get("number")), tolerance, spellings, is_asked)

    def shown(self, order: Order, answer: Answer) -> dict[str, Any]:
        unit = "" if self.is_unit_asked else "".join(self.units[:1])
        return super().shown(order, answer) | {"unit": unit, "is_unit_asked": self.is_unit_asked}

    def mark_given(self, answer: Answer, order: Order) -> Marked:
        values, unit = split_unit(answer)
        is_near = any(abs(value - self.number) <= self.tolerance for value in values)
        is_unit = any(same_unit(unit, spelling) for spelling in self.units)
        if self.is_unit_asked:
            return mark_share(is_near * (1 + is_unit), 2)
        return mark_share(int(is_near and (is_unit or not unit)), 1)

    def right_answer(self) -> list[str]:
        words = " ".join([localised(self.number), *self.units[:1]])
        return [f"{words} (± {localised(self.tolerance)})" if self.tolerance else words]


def localised(number: Decimal) -> str:
    """With the decimal mark of the page's language."""
    return str(number_format(Decimal(canonical(number))))


def _number(raw: object) -> Decimal:
    try:
        number = Decimal(str(raw)) if isinstance(raw, str | int | Decimal) and not isinstance(raw, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise ValidationError(_("Write the right number, such as 12,5."))
    exponent = number.normalize().as_tuple().exponent
    if abs(number) >= _LARGEST or not isinstance(exponent, int) or exponent < _FINEST:
        raise ValidationError(_("The number is too large, or has too many decimals."))
    return number
