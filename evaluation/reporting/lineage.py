"""What a page of figures says of the map by which it reads: what the unit came from, what took its place, and whom
nobody can divide among the parts of a unit that was split."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluation.reporting.figures import Overview
from evaluation.reporting.maps import Undivided
from membership.models import Unit


@dataclass(frozen=True)
class Origin:
    """A unit that is no more and lives on in another, as a whole or in part."""

    unit: Unit
    is_whole: bool


@dataclass(frozen=True)
class Lineage:
    """``heirs`` of a unit that is no more on the map's day; ``origins`` of one that did not exist when the year ended;
    ``undivided`` in words.
    """

    heirs: list[Unit]
    origins: list[Origin]
    undivided: list[str]


def lineage_of(found: Overview) -> Lineage:
    """One query, where there is anything to say."""
    homes = found.by.homes(found.unit.path)
    heirs = homes - {found.unit.path} if _is_gone(found) else frozenset()
    origins = _origins(found) if found.unit.valid_from > found.cutoff.day else []
    concerned = {path for one in found.undivided for path in (one.path, one.home)}
    units = _named(heirs | set(origins) | concerned)
    return Lineage(
        heirs=[units[path] for path in sorted(heirs)],
        origins=[Origin(units[path], len(found.by.homes(path)) == 1) for path in origins],
        undivided=[_told(one, found.unit, units) for one in found.undivided],
    )


def _is_gone(found: Overview) -> bool:
    return found.unit.valid_to is not None and found.unit.valid_to <= found.by.day


def _origins(found: Overview) -> list[str]:
    return [path for path in sorted(found.by.heirs) if found.unit.path in found.by.homes(path)]


def _named(paths: set[str] | frozenset[str]) -> dict[str, Unit]:
    return {unit.path: unit for unit in Unit.objects.filter(path__in=paths)} if paths else {}


def _told(one: Undivided, unit: Unit, units: dict[str, Unit]) -> str:
    said = {
        "old": units[one.path].name,
        "home": units[one.home].name,
        "members": one.tally.members,
        "titled": one.tally.titled,
    }
    if one.home == unit.path:
        return (
            _(
                "“%(old)s” was split and cannot be divided. Counted here, in none of the units beneath: "
                "members: %(members)s; with the title: %(titled)s."
            )
            % said
        )
    return (
        _(
            "“%(old)s” lives on here in part and cannot be divided. Counted in “%(home)s”, not here: "
            "members: %(members)s; with the title: %(titled)s."
        )
        % said
    )
