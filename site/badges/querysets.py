"""Rows that a badge is made from and that may be revoked: what their public status lists need."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Max

from badges.status import keys_on, place_of

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ListedQuerySet(models.QuerySet[Row]):
    """Of a model with ``code`` and ``revoked_at``."""

    def standing(self) -> Self:
        return self.filter(revoked_at=None)

    def for_everybody(self) -> Self:
        """Those whose codes lead to the public page; a kind may close some."""
        return self

    def has_code(self, code: str) -> bool:
        return self.for_everybody().filter(code=code).exists()

    def revoked_on(self, number: int) -> list[int]:
        """Primary keys of the revoked rows whose badges stand on that status list."""
        keys = keys_on(number)
        revoked = self.filter(revoked_at__isnull=False, pk__gte=keys.start, pk__lt=keys.stop)
        return list(revoked.order_by("pk").values_list("pk", flat=True))

    def last_status_list(self) -> int:
        """The number of the last status list that any row stands on."""
        return place_of(self.aggregate(last=Max("pk"))["last"] or 0)[0]
