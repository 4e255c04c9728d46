"""Rows that go along where a unit lives on in another, and back."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intake.plan import RefusedError
from membership.models import Unit
from membership.registries import following


def follow(heirs: dict[int, int], day: datetime.date) -> dict[str, dict[str, list[str]]]:
    """Takes the rows along; gives which ones, by follower and unit before, in values that JSON knows.

    Raises RefusedError where two of which only one may stand in a unit would meet in the heir.
    """
    followed: dict[str, dict[str, list[str]]] = {}
    for one in following.followers:
        rows = list(one.rows(day).filter(**{f"{one.field}__in": list(heirs)}).values_list("pk", one.field))
        if one.yields:
            rows = [(pk, unit) for pk, unit in rows if _has_gone(one, pk, unit, heirs[unit])]
        own = followed[one.key] = {}
        for pk, unit in rows:
            own.setdefault(str(unit), []).append(str(pk))
        if one.yields:
            continue
        for unit_text, keys in own.items():
            _take_along(one, keys, int(unit_text), heirs[int(unit_text)])
    return followed


def follow_back(followed: dict[str, dict[str, list[str]]], heirs: dict[int, int]) -> None:
    """What is still where it was taken."""
    for one in following.followers:
        for unit, keys in followed.get(one.key, {}).items():
            _update(one, keys, heirs[int(unit)], int(unit))


def _has_gone(one: following.Follower, key: Any, before: int, after: int) -> bool:
    try:
        with transaction.atomic():
            _update(one, [str(key)], before, after)
    except IntegrityError:
        return False
    return True


def _take_along(one: following.Follower, keys: list[str], before: int, after: int) -> None:
    try:
        with transaction.atomic():
            _update(one, keys, before, after)
    except IntegrityError as met:
        about = {"unit": Unit.objects.get(pk=before).name, "what": one.label}
        raise RefusedError(
            _("%(unit)s: the same stands in the new unit already (%(what)s). End or rename one of them first.") % about
        ) from met


def _update(one: following.Follower, keys: list[str], before: int, after: int) -> None:
    model = one.rows(datetime.date.min).model
    for start in range(0, len(keys), 500):
        rows = model._default_manager.filter(pk__in=keys[start : start + 500], **{one.field: before})
        rows.update(**{one.field: after})
