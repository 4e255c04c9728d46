"""Whom an officer's letter reaches, and by which way.

A page hands its people over by leading to ``{% address "letter" %}?don-vi=<code of the unit>&nhom=<group>``: the key of
a kind of group, a colon, and which (``membership.registries.groups``). A kind that no form offers says with ``named``
who may have it. A list of people with chosen rows hands them over by a ``RowAction`` with the address "notices:write"
and ``row_name="person"`` (``membership.registries.people``): they travel signed, for that officer alone. Whatever is
handed over, only people who belong to a unit where the officer may write are ever reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interface.tables import RowAction
from membership.models import Person
from membership.policy import Action, AnyUser, may
from membership.querysets import PersonQuerySet
from membership.registries.groups import Group, register
from notices.channels import channels, ways_to, without_mail
from notices.models import Channel, Preference
from notices.registries.kinds import Kind

WRITE = RowAction(
    name="write",
    label=_("Write to the chosen people"),
    icon="mail",
    address="notices:write",
    row_name="person",
    may_use=lambda user: may(user, Action.ORGANISE),
)
_SALT = "notices.audience"
_CHOSEN = "chosen"


@dataclass(frozen=True)
class Reach:
    """How many people: all, by each channel, on the site alone as they chose, and by nothing but word of mouth."""

    total: int
    by_channel: Sequence[tuple[str, int]]
    on_site: int
    by_mouth: int


def reach_of(people: PersonQuerySet[Person], kind: Kind) -> Reach:
    """As they would be reached now; as many queries for all as for one."""
    hearing = {key: _hearing(key, reached, kind) for key, reached in ways_to(people).items()}
    left = _keys(people).difference(*hearing.values())
    by_mouth = left & _keys(without_mail(people))
    counts = [(str(key.label), len(heard)) for key, heard in hearing.items()]
    return Reach(people.count(), counts, len(left) - len(by_mouth), len(by_mouth))


def _hearing(channel: Channel, reached: PersonQuerySet[Person], kind: Kind) -> set[int]:
    keys = _keys(reached)
    chosen, is_usual = Preference.objects.chosen(keys, channel), channels[channel].is_usual(kind)
    return {person for person in keys if chosen.get((person, kind.key), is_usual)}


def _keys(people: PersonQuerySet[Person]) -> set[int]:
    return set(people.values_list("pk", flat=True))


def chosen_rows(user: AnyUser, keys: Sequence[int]) -> str:
    """The group of these people."""
    return f"{_CHOSEN}:{signing.dumps([user.pk, sorted(keys)], salt=_SALT, compress=True)}"


def connect() -> None:
    register(
        Group(
            _CHOSEN,
            _("Chosen in a list"),
            lambda _user: [],
            lambda people, which, _day, _unit: people.filter(pk__in=_opened(which)[1]),
            named=_named,
        )
    )


def _named(user: AnyUser, which: str) -> str | None:
    holder, keys = _opened(which)
    if not keys or holder != user.pk:
        return None
    return ngettext("%(count)d person whom you chose", "%(count)d people whom you chose", len(keys)) % {
        "count": len(keys)
    }


def _opened(which: str) -> tuple[int, list[int]]:
    """Who chose, and whom; nobody where it was signed for something else, or long ago."""
    try:
        holder, keys = signing.loads(which, salt=_SALT, max_age=24 * 60 * 60)
    except signing.BadSignature:
        return 0, []
    return holder, keys
