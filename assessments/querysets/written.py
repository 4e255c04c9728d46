"""How markings of written answers are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.db import models

Row = TypeVar("Row", bound=models.Model, covariant=True)


class WrittenMarkQuerySet(models.QuerySet[Row]):
    def latest_of(self, responses: Iterable[Any]) -> dict[int, Row]:
        """By the response's id, of those that a trainer has marked; no query if there are none."""
        marked = [response.pk for response in responses if response.marks is not None]
        if not marked:
            return {}
        rows = self.filter(response_id__in=marked).select_related("marked_by__person").order_by("number")
        return {row.response_id: row for row in cast("Iterable[Any]", rows)}
