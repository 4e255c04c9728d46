"""How proposals are read."""

from __future__ import annotations

import datetime
from typing import Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When

from membership.models import Person
from membership.policy import Action, AnyUser, reach

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ProposalQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """To offices at which it waits or waited last, and to those of the unit that it came from."""
        return self.filter(reach(user, Action.SEND_REPORTS, "office__") | reach(user, Action.SEND_REPORTS, "unit__"))

    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def of_person(self, person: Person) -> Self:
        return self.filter(person__in=Person.objects.records_of(person))

    def matching(self, words: str) -> Self:
        """Each word stands in the title or the text."""
        found = self
        for word in words.split():
            found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
        return found

    def for_list(self, user: AnyUser) -> Self:
        """What waits first, the longest first."""
        is_done = Case(When(state="waiting", then=0), default=1)
        rows = self.visible_to(user).select_related("unit", "office", "person")
        return rows.annotate(alike=Count("joined")).order_by(is_done, "filed_at", "pk")

    def for_page(self, user: AnyUser) -> Self:
        rows = self.visible_to(user).select_related("unit", "office", "person", "joined_to")
        return rows.prefetch_related("entries__by__person", "entries__office", "joined__unit")

    def for_own(self, person: Person) -> Self:
        """The newest first, each with its answer, or that of the one to which it was joined."""
        rows = self.of_person(person).select_related("unit", "office", "joined_to").order_by("-filed_at", "-pk")
        return rows.prefetch_related("entries__office", "joined_to__entries__office")

    def for_public(self) -> Self:
        """With the answer and its number and day."""
        entries = apps.get_model("movement", "ProposalEntry").objects.filter(proposal=OuterRef("pk"), act="answer")
        said = {f"answer_{name}": Subquery(entries.values(name)[:1]) for name in ("words", "number", "dated", "at")}
        rows = self.filter(state="answered").exclude(published_as="").select_related("office")
        return rows.annotate(**said).order_by(F("answer_at").desc(), "-pk")

    def to_join(self, proposal: models.Model) -> Self:
        """Others of some year that wait at the same office, or were answered there, and are joined to none."""
        here = Q(office=proposal.office_id, state__in=("waiting", "answered"))  # type: ignore[attr-defined]
        a_year_before = proposal.filed_at - datetime.timedelta(days=366)  # type: ignore[attr-defined]
        return self.filter(here, filed_at__gte=a_year_before).exclude(pk=proposal.pk).order_by("-filed_at")

    def waiting_since(self, moment: datetime.datetime) -> Self:
        return self.waiting().filter(filed_at__lte=moment)
