"""Where a visitor can go beside what is public: what is theirs, what their roles open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.places import ADDRESSES, Entry
from membership.policy import Action, AnyUser, may, standing_roles
from work import kept as kept_values


@dataclass(frozen=True)
class Powers:
    """What a person's roles of the day open beyond what every member has."""

    reviews: bool
    unit_code: str
    administers: bool


_BACK_OFFICE = (Action.PUBLISH_MATERIALS, Action.MANAGE_PEOPLE, Action.MANAGE_CRITERIA)


def own_places(request: HttpRequest) -> list[Entry]:
    user = request.user
    if not user.is_authenticated:
        return []
    powers = _powers_of(user)
    entries: list[Entry] = []
    if getattr(user, "person_id", None):  # who only runs the site has nothing of their own there
        entries += [
            (_("My learning"), ADDRESSES["learning"], "book-open"),
            (_("My evidence"), ADDRESSES["evidence"], "file-check"),
            (_("My dossier"), ADDRESSES["dossiers"], "folder-open"),
        ]
    if powers.reviews:
        entries.append((_("Evaluation"), ADDRESSES["review"], "clipboard-check"))
    if powers.unit_code:
        entries.append((_("Targets"), f"/chi-tieu/{powers.unit_code}/", "target"))
    if powers.administers:
        entries.append((_("Administration"), ADDRESSES["administration"], "settings"))
    return entries


def forget_powers(person_id: int) -> None:
    """Has what the person's roles open worked out anew. Call it after the change is committed."""
    kept_values.forget(_powers_name(person_id))


def _powers_of(user: AnyUser) -> Powers:
    """Kept for the day, since every page asks; ``receivers`` forgets them when a role changes."""
    person_id = getattr(user, "person_id", None)
    if person_id is None or user.is_superuser:
        return _read_powers(user)
    return kept_values.kept(_powers_name(person_id), lambda: _read_powers(user))


def _read_powers(user: AnyUser) -> Powers:
    return Powers(
        reviews=may(user, Action.VIEW_DOSSIERS),
        unit_code=_unit_with_figures(user),
        administers=any(may(user, action) for action in _BACK_OFFICE),
    )


def _unit_with_figures(user: AnyUser) -> str:
    """The highest of the units whose figures the user may see."""
    units = [role.unit for role in standing_roles(user) if may(user, Action.VIEW_FIGURES, role.unit)]
    return min(units, key=lambda unit: unit.depth).code if units else ""


def _powers_name(person_id: int) -> str:
    return f"powers:{person_id}:{timezone.localdate()}"
