"""Puts the crowd on record, in communes of their own: the place of an entry in the crowd is its person's number."""

import sys

import django

from tests.bench.server import ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from django.utils import timezone  # noqa: E402

from interface.vietnamese import fold  # noqa: E402
from membership.models import Contact, ContactKind, Membership, Person, Role, UnitKind  # noqa: E402
from tests.factories.people import START, add_unit  # noqa: E402
from tests.membership.likeness.crowd import COMMUNES, Entry, crowd  # noqa: E402


def fill(size: int, *, has_days: bool) -> None:
    province = add_unit(None, UnitKind.PROVINCE, "P", "Tỉnh")
    units = [add_unit(province, UnitKind.COMMUNE, f"{number}", f"Xã {number}").pk for number in range(COMMUNES)]
    entries = crowd(size)
    Person.objects.bulk_create(
        (_person(number, entry, has_days) for number, entry in enumerate(entries, start=1)), batch_size=2000
    )
    Membership.objects.bulk_create(
        (Membership(person_id=number, unit_id=units[entry.commune], role=Role.MEMBER, valid_from=START)
         for number, entry in enumerate(entries, start=1)), batch_size=2000,
    )  # fmt: skip
    Contact.objects.bulk_create(
        (Contact(person_id=number, kind=kind, value=value)
         for number, entry in enumerate(entries, start=1)
         for kind, value in zip(ContactKind, (entry.phone, entry.email, entry.address), strict=True) if value),
        batch_size=2000,
    )  # fmt: skip


def _person(number: int, entry: Entry, has_days: bool) -> Person:
    return Person(
        pk=number, code=f"B{number}", full_name=entry.name, folded_name=fold(entry.name), sort_key=str(number),
        birth_year=entry.born.year, birth_day=entry.born if has_days else None, created_at=timezone.now(),
    )  # fmt: skip


if __name__ == "__main__":
    fill(int(sys.argv[1]), has_days=sys.argv[2] == "day")
