"""What is kept about people: why, on what legal basis, for how long; as each app declares it in its ``personal.py``.

Every field of a row that leads to a person is declared here, or declared to say nothing of anybody; so is, in all other
rows, every field that can hold words, a file or the key of a row. ``privacy.inventory`` draws the inventory of
processing from it and finds what is missing; see docs/how-to/personal-field.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
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
    by itself, after how long."""

    name: Text
    data: Text
    purpose: Text
    basis: Basis
    retention: Text


@dataclass(frozen=True)
class Held:
    """A personal field. ``withheld``: why it is not in what a person takes along. ``kept``: why it stays when they are
    erased; else no row of it refers to them any more."""

    processing: Processing
    withheld: Text = ""
    kept: Text = ""


personal: dict[str, Held] = {}
impersonal: set[str] = set()

OFFICE = Processing(
    name=_("What officers entered, checked and decided"),
    data=_("The officer's account, the moment, reasons and remarks; the name of who signs a decision."),
    purpose=_("To know who did what in an office, and to answer for it."),
    basis=Basis.DUTY,
    retention=_("As long as what it was done to."),
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


def _named(fields: Mapping[str, str]) -> list[str]:
    return [f"{model}.{name}" for model, names in fields.items() for name in names.split()]


def _refuse_second(name: str) -> None:
    if name in personal or name in impersonal:
        raise ValueError(f"{name} is declared twice")
