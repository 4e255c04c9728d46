"""Who may find what: a document's scope is a short text that says whom it is for, a viewer passes it or not.

"public" is for everybody. Otherwise all conditions parted by "&" must hold: "login", "groups:3|5" (a member of one
of these groups), "unit:00010002" (who belongs to that unit or one beneath it).
"""

from __future__ import annotations

from collections.abc import Iterable

from search.contract import PUBLIC, Viewer


def scope_of(conditions: Iterable[str]) -> str:
    """The scope in which all conditions must hold, always written in the same way."""
    return "&".join(sorted(set(conditions))) or PUBLIC


def may_find(scope: str, viewer: Viewer) -> bool:
    return scope == PUBLIC or all(_holds(condition, viewer) for condition in scope.split("&"))


def _holds(condition: str, viewer: Viewer) -> bool:
    kind, _, value = condition.partition(":")
    if kind == "login":
        return viewer.is_signed_in
    if kind == "groups":
        return viewer.sees_all_groups or any(int(group) in viewer.groups for group in value.split("|"))
    if kind == "unit":
        return any(path.startswith(value) for path in viewer.unit_paths)
    return False  # what is not understood stays closed
