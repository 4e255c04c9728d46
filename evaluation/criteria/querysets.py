"""How criteria are read."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models

from membership.querysets import standing_on

if TYPE_CHECKING:
    pass


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def in_force(self, day: datetime.date) -> CriteriaSetQuerySet:
        return self.filter(standing_on(day), status="in_force")
