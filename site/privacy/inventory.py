"""The inventory of processing: drawn from the models and from what each app declares of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    BigIntegerField,
    BinaryField,
    CharField,
    Field,
    FileField,
    GenericIPAddressField,
    JSONField,
    Model,
    TextField,
    UUIDField,
)

from membership.models import Person, User
from privacy.retention import days_kept
from work.processing import ALL, Basis, Held, Processing, clearings, impersonal, personal
from work.recurring import declared as recurring

# What can hold words, a file, or the key of a row to which no foreign key leads.
_TELLING = (CharField, TextField, JSONField, BinaryField, FileField, GenericIPAddressField, UUIDField, BigIntegerField)


def references() -> dict[str, Field]:
    """Every foreign key to a person, to an account, or to a row that refers to a person: by name, its field."""
    about = _rows_about_people() | {User}
    return {_name_of(field): field for field in _fields() if field.related_model in about}


def undeclared() -> list[str]:
    """In sentences: fields of which nobody has said whether they are personal, and declarations that do not hold."""
    return [*_missing(), *_idle(), *_empty()]


@dataclass(frozen=True)
class Line:
    """One processing, with all fields that are declared under it; ``days`` of each clearing, as they are set now."""

    processing: Processing
    held: dict[str, Held]
    days: Mapping[str, int]

    @property
    def told(self) -> str:
        return f"{self.processing.name}. {self.processing.data}"

    @property
    def basis(self) -> str:
        return str(Basis(self.processing.basis).label)

    @property
    def fields(self) -> str:
        """As they are declared."""
        return " ".join(self.held)

    @property
    def retention(self) -> str:
        return str(self.processing.retention) % self.days

    @property
    def ends(self) -> str:
        """What carries the retention out, and why no clock does."""
        jobs = [_told(name) for name in self.processing.ended_by]
        return " ".join(f"{told}." for told in jobs) + f" {self.processing.stays}".rstrip()

    @property
    def withheld(self) -> str:
        return _together(str(held.withheld) for held in self.held.values())

    @property
    def withheld_of_each(self) -> str:
        return _of_each({name: str(held.withheld) for name, held in self.held.items()})

    @property
    def kept(self) -> str:
        return _together(str(held.kept) for held in self.held.values())

    @property
    def kept_of_each(self) -> str:
        return _of_each({name: str(held.kept) for name, held in self.held.items()})


def lines() -> list[Line]:
    by_processing: dict[Processing, dict[str, Held]] = {}
    for name, held in personal.items():
        by_processing.setdefault(held.processing, {})[name] = held
    days = days_kept()
    found = [Line(processing, held, days) for processing, held in by_processing.items()]
    return sorted(found, key=lambda line: str(line.processing.name))


def _fields() -> Iterator[Field]:
    for model in apps.get_models(include_auto_created=True):
        yield from model._meta.local_fields


def _rows_about_people() -> set[type[Model]]:
    """``Person``, and what refers to it at any remove; an account acts in offices too, so that not all that refers to
    one is about a person."""
    about: set[type[Model]] = {Person}
    while (
        more := {field.model for field in _fields() if field.related_model in about and field.model is not User} - about
    ):
        about |= more
    return about


def _missing() -> Iterator[str]:
    leading = references()
    with_reference = {field.model for field in leading.values()}
    for field in _fields():
        name = _name_of(field)
        if name in personal:
            continue
        if name in leading:
            yield f"{name} leads to a person: declare its purpose, legal basis and retention"
        elif _tells(field, with_reference) and not {name, f"{field.model._meta.label}.{ALL}"} & impersonal:
            yield f"{name} is neither declared personal (purpose, legal basis, retention) nor impersonal"


def _tells(field: Field, with_reference: set[type[Model]]) -> bool:
    """Beside a person every field says something; elsewhere one that is free to hold it."""
    if field.model in with_reference:
        return field.is_relation or not field.primary_key
    return isinstance(field, _TELLING) and not (field.choices or field.is_relation or field.primary_key)


def _idle() -> Iterator[str]:
    for name in [*personal, *impersonal]:
        try:
            if name.endswith(f".{ALL}"):
                apps.get_model(name.removesuffix(f".{ALL}"))
            else:
                _field(name)
        except (LookupError, FieldDoesNotExist):
            yield f"{name} is declared and does not exist"


def _empty() -> Iterator[str]:
    for processing in {held.processing for held in personal.values()}:
        missing = [
            part for part in ("name", "data", "purpose", "basis", "retention") if not str(getattr(processing, part))
        ]
        if missing:
            yield f"{processing.name} says no {', '.join(missing)}"
        if not (processing.ended_by or str(processing.stays)):
            yield f"{processing.name} says neither what ends it by the clock (ended_by) nor why nothing does (stays)"
        for name in processing.ended_by:
            if name not in recurring and name not in clearings:
                yield f"{processing.name} is ended by {name}, which neither recurs nor clears"


def _told(name: str) -> str:
    return f"{recurring[name].title} ({recurring[name].rhythm})" if name in recurring else str(clearings[name].title)


def _field(name: str) -> Field:
    model, _dot, field = name.rpartition(".")
    return apps.get_model(model)._meta.get_field(field)


def _name_of(field: Field) -> str:
    return f"{field.model._meta.label}.{field.name}"


def _together(reasons: Iterator[str]) -> str:
    return " ".join(dict.fromkeys(reason for reason in reasons if reason))


def _of_each(reasons: dict[str, str]) -> str:
    """Which fields each reason is that of."""
    fields_of: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        fields_of.setdefault(reason, []).append(name)
    return " ".join(f"{' '.join(names)}: {reason}" for reason, names in fields_of.items() if reason)
