"""Reads of imports and their lines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


# A worker tells of itself with each chunk; who was silent for so long is gone.
SILENCE = datetime.timedelta(minutes=10)


class ImportQuerySet(models.QuerySet[Any]):
    def of(self, user: AbstractBaseUser | AnonymousUser, kind: str, scope: str = "") -> ImportQuerySet:
        """The user's own: nobody else sees them or goes on with them."""
        return self.filter(created_by_id=user.pk, kind=kind, scope=scope)

    def for_list(self) -> ImportQuerySet:
        return self.defer("content").order_by("-created_at")[:10]

    def left_behind(self, kept_days: dict[str, int], at: datetime.datetime) -> ImportQuerySet:
        """Older than what anybody comes back to, by how many days each kind keeps, and not at work."""
        old = Q(pk__in=[])
        for kind, days in kept_days.items():
            old |= Q(kind=kind, created_at__lt=at - datetime.timedelta(days=days))
        return self.filter(old).exclude(state__in=self.model.AT_WORK)

    def silent(self, at: datetime.datetime) -> ImportQuerySet:
        """At work, as their state says, but no worker has told of them for long."""
        return self.filter(state__in=self.model.AT_WORK, moved_at__lt=at - SILENCE)


class ImportLineQuerySet(models.QuerySet[Any]):
    def counts(self) -> dict[str, int]:
        return dict(self.values_list("outcome").annotate(count=Count("pk")).order_by())

    def of_kind(self, kind: str) -> ImportLineQuerySet:
        return self.filter(batch__kind=kind)

    def to_write(self) -> ImportLineQuerySet:
        return self.filter(content__isnull=False).order_by("number")

    def for_page(self, size: int, *, after: int = 0, before: int = 0) -> list[Any]:
        """The lines next to a number, in their order: what it costs does not grow with the number."""
        lines = self.defer("content")
        if before:
            return list(lines.filter(number__lt=before).order_by("-number")[:size])[::-1]
        return list(lines.filter(number__gt=after).order_by("number")[:size])

    def contents(self, path: str) -> Iterable[Any]:
        """What stands under a path in what waits to be written, such as ``media``."""
        return self.to_write().values_list(f"content__{path}", flat=True)
