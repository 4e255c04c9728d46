"""What is kept about people: why, on what legal basis, for how long; as each app declares it in its ``personal.py``.

Every field of a row that leads to a person is declared here, or declared to say nothing of anybody; so is, in all other
rows, every field that can hold words, a file or the key of a row. ``privacy.inventory`` draws the inventory of
processing from it and finds what is missing; see docs/how-to/personal-field.md.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
ALL = "*"


class Basis(TextChoices):
    CONSENT = "consent", _("Consent of the person")
    AGREEMENT = "agreement", _("Needed for what the person asked for")
    DUTY = "duty", _("A duty laid down by law or by the association's rules")


@dataclass(frozen=True, kw_only=True)
class Processing:
    """One line of the inventory. ``data``: what is kept, in words; ``retention`` says what ends it, and where it ends
    by itself, after how long, with the days of a clearing by its name, as "%(old_slips)s days". ``ended_by``: the names
    of what then ends it, each of something that recurs (``work.recurring``) or of a ``Clearing``; ``stays``: why
    no clock ends it, or not all of it."""

    name: Text
    data: Text
    purpose: Text
    basis: Basis
    retention: Text
    ended_by: tuple[str, ...] = ()
    stays: Text = ""


@dataclass(frozen=True)
class Held:
    """A personal field. ``withheld``: why it is not in what a person takes along. ``kept``: why it stays when they are
    erased; else no row of it refers to them any more."""

    processing: Processing
    withheld: Text = ""
    kept: Text = ""


@dataclass(frozen=True, kw_only=True)
class Clearing:
    """What ends by a time that the law leaves to the province, and that nothing else carries out."""

    name: str
    title: Text
    stays: Text  # what of it, or beside it, is not touched
    days: int  # until the province sets its own
    least: int  # with fewer, something would be gone that the site still reads
    due: Callable[[datetime.datetime], QuerySet]  # the rows of before that moment; none that is emptied already
    code: str  # the way from a row to the code of its person
    empties: tuple[str, ...] = ()  # which fields of a row; without any the row is deleted


personal: dict[str, Held] = {}
clearings: dict[str, Clearing] = {}
impersonal: set[str] = set()

RECORDS = _("It belongs to the person's record: no clock ends it, an erasure does, or whoever takes it back.")
JUDGED = _("Evidence, scores, figures or titles rest on it: no clock touches it; an erasure takes the words away.")
PROVES = _("It proves what was done, by whom and when: a clock would take the proof away.")
REPLACED = _("It is replaced as soon as it is worked out anew; none is older.")

OFFICE = Processing(
    name=_("What officers entered, checked and decided"),
    data=_("The officer's account, the moment, reasons and remarks; the name of who signs a decision."),
    purpose=_("To know who did what in an office, and to answer for it."),
    basis=Basis.DUTY,
    retention=_("As long as what it was done to."),
    stays=PROVES,
)
PSEUDONYM = _("Figures rest on it: it stays with the pseudonym that the person's row holds, without words.")
ACCOUNT = _("The account stays as a number, for what it did to others is theirs to know.")
DESK = _("The state of a desk in the back office: nothing about the person.")
_OFFICE = _("What somebody did in an office: it belongs to the record of whom, or of what, it was done to.")


def declare(processing: Processing, fields: Mapping[str, str], *, withheld: Text = "", kept: Text = "") -> None:
    """``fields``: the names of a model's fields, with spaces between, by its label."""
    for name in _named(fields):
        _refuse_second(name)
        personal[name] = Held(processing, withheld, kept)


def declare_office(fields: Mapping[str, str]) -> None:
    """Fields that say which officer did it."""
    declare(OFFICE, fields, withheld=_OFFICE, kept=ACCOUNT)


def declare_impersonal(fields: Mapping[str, str]) -> None:
    """Fields that say nothing of anybody. ``ALL`` stands for those of a model that are not declared otherwise, and is
    for models that are written elsewhere."""
    for name in _named(fields):
        _refuse_second(name)
        impersonal.add(name)


def clears(clearing: Clearing) -> None:
    if clearing.name in clearings:
        raise ValueError(f"{clearing.name} clears twice")
    clearings[clearing.name] = clearing


def _named(fields: Mapping[str, str]) -> list[str]:
    return [f"{model}.{name}" for model, names in fields.items() for name in names.split()]


def _refuse_second(name: str) -> None:
    if name in personal or name in impersonal:
        raise ValueError(f"{name} is declared twice")
