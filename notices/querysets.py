"""How notices are read: by whom they are for, and by what sends them."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from membership.policy import Action, AnyUser, reach
from notices.quiet import quiet_at
from notices.registries.kinds import Urgency, keys_of, kinds

Row = TypeVar("Row", bound=models.Model, covariant=True)


class NoticeQuerySet(models.QuerySet[Row]):
    def visible_to(self, person: models.Model) -> Self:
        """One's own, of kinds that there still are."""
        return self.filter(person=person, kind__in=list(kinds)).select_related("circular")

    def open(self) -> Self:
        return self.filter(seen_at=None, done_at=None)

    def waiting(self, urgency: Urgency, at: datetime.datetime) -> Self:
        """What no channel has taken yet, of people who may be written to at that moment."""
        told = self.open().filter(passed_on_at=None, kind__in=keys_of(urgency), at__lte=at)
        return told.exclude(quiet_at(timezone.localtime(at).time(), "person__notice_habits"))

    def without_digest(self, week: datetime.date) -> Self:
        """Of people to whom none went in the week of that Monday."""
        sent = apps.get_model("notices", "Delivery")._default_manager.filter(person=OuterRef("person"), week=week)
        return self.exclude(Exists(sent))

    def not_by_mail(self) -> Self:
        """Of people who chose another way for what comes once a week."""
        preferences = apps.get_model("notices", "Preference")._default_manager.exclude(channel="email")
        return self.filter(person__in=preferences.filter(kind="digest", is_wanted=True).values("person"))

    def for_letters(self) -> Self:
        """With whom they go to; held until that is settled."""
        people = ("person__user", "person__notice_habits", "circular")
        return self.filter(passed_on_at=None).select_related(*people).select_for_update(of=("self",)).order_by("pk")


class PreferenceQuerySet(models.QuerySet[Row]):
    def chosen(self, people: Collection[int], channel: str) -> dict[tuple[int, str], bool]:
        """By person and kind, where they chose otherwise than the kind has it."""
        rows = self.filter(person__in=people, channel=channel).values_list("person", "kind", "is_wanted")
        return {(person, kind): is_wanted for person, kind, is_wanted in rows}


class CircularQuerySet(models.QuerySet[Row]):
    def for_list(self, user: AnyUser) -> Self:
        """Of units where the user may write, each with how many have read it."""
        read = Count("notices", filter=Q(notices__seen_at__isnull=False))
        written = self.filter(reach(user, Action.ORGANISE, "unit__")).select_related("unit")
        return written.annotate(read=read).order_by("-sent_at", "-pk")

    def of_day(self, unit: models.Model, day: datetime.date) -> Self:
        return self.filter(unit=unit, sent_at__date=day)


class DeliveryQuerySet(models.QuerySet[Row]):
    def telling(self, notices: Collection[int], channel: str) -> set[int]:
        """Of these notices those that a letter by this channel tells."""
        rows = self.filter(channel=channel, notices__in=notices)
        return set(rows.values_list("notices", flat=True))


class DeviceQuerySet(models.QuerySet[Row]):
    def of(self, people: Collection[int]) -> Self:
        """With what tells whether they are on."""
        return self.filter(person__in=people).select_related("person__user").order_by("added_at", "pk")


class RefusalQuerySet(models.QuerySet[Row]):
    def off(self, people: Collection[int], channel: str) -> set[tuple[int, str]]:
        """Person and address to which nothing goes."""
        rows = self.filter(person__in=people, channel=channel, is_off=True)
        return {(person, address) for person, address in rows.values_list("person", "address")}

    def standing(self) -> Self:
        """Where nothing goes, of addresses that are still their person's: who gave another one has nothing to mend."""
        contacts = apps.get_model("membership", "Contact")._default_manager.filter(person=OuterRef("person"))
        is_theirs = Q(person__user__email=F("address"), channel="email") | (
            ~Q(channel="email") & Exists(contacts.filter(kind="phone", value=OuterRef("address")))
        )
        return self.filter(is_theirs, is_off=True)
