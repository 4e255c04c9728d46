"""Where a visitor can go from any page: what is public, what is theirs, what their roles open."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from membership.policy import Action, AnyUser, may, standing_roles
from work import kept as kept_values


@dataclass(frozen=True)
class Place:
    label: str | Promise = field(compare=False)  # follows from the address
    url: str
    icon: str
    is_current: bool = False
    starts_public: bool = False


@dataclass(frozen=True)
class Powers:
    """What a person's roles of the day open beyond what every member has."""

    reviews: bool
    unit_code: str
    administers: bool


# Promised to people on paper and over the telephone: they never change, whoever serves them.
ADDRESSES = {
    "about": "/gioi-thieu/",
    "account": "/tai-khoan/",
    "administration": "/quan-tri/",
    "accessibility": "/tiep-can/",
    "courses": "/khoa-hoc/",
    "criteria": "/cong-dan-hoc-tap/",
    "dossiers": "/ho-so/",
    "evidence": "/minh-chung/",
    "help": "/tro-giup/",
    "learning": "/hoc-tap/",
    "library": "/tai-lieu/",
    "privacy": "/quyen-rieng-tu/",
    "results": "/ket-qua/",
    "review": "/danh-gia/",
    "search": "/tim-kiem/",
    "verification": "/xac-minh/",
}

_PUBLIC = (
    (_("Materials"), ADDRESSES["library"], "library"),
    (_("Courses"), ADDRESSES["courses"], "graduation-cap"),
    (_("Learning Citizen"), ADDRESSES["criteria"], "badge-check"),
    (_("Results"), ADDRESSES["results"], "chart-column"),
)

_BACK_OFFICE = (Action.PUBLISH_MATERIALS, Action.MANAGE_PEOPLE, Action.MANAGE_CRITERIA)


def places(user: AnyUser, path: str) -> list[Place]:
    if not user.is_authenticated:
        return public_places(path)
    own = [Place(label, url, icon, _is_at(path, url)) for label, url, icon in _own(user)]
    return own + public_places(path, is_second=True)


def public_places(path: str, is_second: bool = False) -> list[Place]:
    return [
        Place(label, url, icon, _is_at(path, url), starts_public=is_second and not index)
        for index, (label, url, icon) in enumerate(_PUBLIC)
    ]


def forget_powers(person_id: int) -> None:
    """Has what the person's roles open worked out anew. Call it after the change is committed."""
    kept_values.forget(_powers_name(person_id))


def _own(user: AnyUser) -> list[tuple[str | Promise, str, str]]:
    powers = _powers_of(user)
    entries: list[tuple[str | Promise, str, str]] = []
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


def _is_at(path: str, url: str) -> bool:
    return path.startswith(url)
