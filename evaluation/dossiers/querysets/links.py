"""How lists that went out by link are read: by officers, and by whoever holds the link."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Count, Q

from membership.policy import Action, AnyUser, reach
from membership.slips.codes import keyed_hash

Row = TypeVar("Row", bound=models.Model, covariant=True)


def token_hash(token: str) -> str:
    return keyed_hash("link", token)


class BodyLinkQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(reach(user, Action.REVIEW, "unit__"))

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=token_hash(token))

    def open(self) -> Self:
        return self.filter(answered_at=None, revoked_at=None, is_tried_out=False)

    def for_list(self, user: AnyUser) -> Self:
        left = Count("lines", filter=~Q(lines__word="") & Q(lines__taken_at=None))
        rows = self.visible_to(user).select_related("step", "unit").annotate(number=Count("lines"), left=left)
        return rows.order_by("-frozen_at", "-pk")

    def for_page(self, user: AnyUser) -> Self:
        """One list with its lines and what was done with it; bounded queries."""
        places = "step", "unit", "frozen_by__person"
        return (
            self.visible_to(user).select_related(*places).prefetch_related("lines__dossier__person", "acts__by__person")
        )
