"""How the ledger is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    pass


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def standing(self) -> EvidenceQuerySet:
        """Facts that nothing has superseded."""
        return self.filter(superseded_by=None)

    def of_year(self, year: int) -> EvidenceQuerySet:
        """Facts of 1 January to 31 December in Viet Nam's time."""
        return self.filter(occurred_at__year=year)
