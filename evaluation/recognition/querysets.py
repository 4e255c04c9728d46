"""How decisions and titles are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    pass


class DecisionQuerySet(models.QuerySet["Decision"]):
    pass


class TitleQuerySet(models.QuerySet["Title"]):
    def standing(self) -> TitleQuerySet:
        return self.filter(revoked_at=None)
