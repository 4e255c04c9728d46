"""How sessions are read."""

from __future__ import annotations

import datetime
from typing import Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from badges.querysets import ListedQuerySet
from learning.evidence.querysets import year_bounds
from learning.sessions.states import NOTED_IN, SHOWN
from membership.models import Unit
from membership.policy import Action, AnyUser, reach, standing_roles

Row = TypeVar("Row", bound=models.Model, covariant=True)


class SessionQuerySet(models.QuerySet[Row]):
    def to_come_for(self, unit: Unit, at: datetime.datetime) -> Self:
        """What the unit, or one above it, has announced from that moment on; the next one first."""
        announced = self.filter(state__in=("announced", "held"), ends_at__gte=at, unit__path__in=unit.paths_up)
        return announced.order_by("starts_at", "pk")

    def with_days(self) -> Self:
        return self.prefetch_related("days")

    def organised_by(self, user: AnyUser) -> Self:
        """Sessions of units where the user may hold them, latest first."""
        return self.filter(reach(user, Action.ORGANISE, "unit__")).select_related("unit").with_days()

    def visible_to(self, user: AnyUser) -> Self:
        """What was announced: to everybody where it is open, else to who belongs to the unit or beneath it, was
        invited, or was given a certificate of it."""
        above = {path for role in standing_roles(user) for path in role.unit.paths_up}
        theirs = Q(is_public=True) | Q(unit__path__in=above) | reach(user, Action.ORGANISE, "unit__")
        if user.is_authenticated and user.person_id:
            given = apps.get_model("learning_sessions", "AttendanceCertificate").objects.of_person(user.person_id)
            invited = apps.get_model("learning_sessions", "Invitee").objects.filter(person=user.person_id)
            theirs |= Q(pk__in=given.values("session")) | Q(pk__in=invited.values("session"))
        return self.filter(theirs, state__in=SHOWN).select_related("unit").with_days()

    def for_calendar(self, user: AnyUser, at: datetime.datetime) -> Self:
        """What of that lies ahead, the next one first; what was cancelled too, so that nobody goes there in vain."""
        return self.visible_to(user).filter(ends_at__gte=at).order_by("starts_at", "pk")

    def for_list(self, user: AnyUser) -> Self:
        coming = Count("replies", filter=Q(replies__is_coming=True))
        return self.organised_by(user).annotate(coming=coming).order_by("-starts_at", "-pk")

    def of_year(self, year: int) -> Self:
        first, after = year_bounds(year)
        return self.filter(starts_at__gte=first, starts_at__lt=after)

    def for_plan(self, user: AnyUser, year: int) -> Self:
        """What is planned for the year, or was held, in its order."""
        return self.organised_by(user).of_year(year).exclude(state="cancelled").order_by("starts_at", "pk")

    def for_rollup(self, unit: Unit, year: int) -> Self:
        """What took place, each with ``present``: of how many people a certificate stands, once it is closed."""
        stands = Q(state="closed", certificates__revoked_at=None, certificates__person__merged_into=None)
        present = Count("certificates", filter=stands)
        held = self.of_year(year).filter(unit__path__startswith=unit.path, state__in=("held", "closed"))
        return held.select_related("unit").with_days().annotate(present=present).order_by("pk")

    def of_series(self, session: models.Model) -> Self:
        """The others of its series."""
        series = session.series  # type: ignore[attr-defined]
        if series is None:
            return self.none()
        return self.filter(series=series).exclude(pk=session.pk).order_by("starts_at", "pk")

    def on_at(self, moment: datetime.datetime, early: datetime.timedelta, late: datetime.timedelta) -> Self:
        """Those whose doors may be open, so long before they begin and after they end."""
        open_then = self.filter(starts_at__lte=moment + early, ends_at__gte=moment - late)
        return open_then.filter(state__in=NOTED_IN).with_days()


class InviteeQuerySet(models.QuerySet[Row]):
    def of_session(self, session: models.Model) -> Self:
        """Those about whom something may be written, each with ``is_coming``: their answer, None without one."""
        replies = apps.get_model("learning_sessions", "Reply").objects.filter(person=OuterRef("person"))
        answer = replies.filter(session=OuterRef("session")).values("is_coming")
        there = self.filter(session=session, person__withdrawn_at=None)
        return (
            there.annotate(is_coming=Subquery(answer[:1])).select_related("person").order_by("person__sort_key", "pk")
        )

    def unanswered(self, session: models.Model) -> Self:
        return self.of_session(session).filter(is_coming=None)


class MaterialQuerySet(models.QuerySet[Row]):
    def shown(self) -> Self:
        """To whoever sees the session."""
        return self.exclude(stage="office")

    def visible_to(self, user: AnyUser) -> Self:
        """What goes along with sessions that they see; to who may hold one, all of it."""
        sessions = apps.get_model("learning_sessions", "Session").objects
        theirs = Q(session__in=sessions.visible_to(user).values("pk")) & ~Q(stage="office")
        held = Q(session__in=sessions.organised_by(user).values("pk"))
        return self.filter(theirs | held).select_related("session__unit")


class ReplyQuerySet(models.QuerySet[Row]):
    def coming_to(self, session: models.Model) -> Self:
        """In the order in which they said so."""
        coming = self.filter(session=session, is_coming=True, person__withdrawn_at=None)
        return coming.select_related("person").order_by("replied_at", "pk")


class AttendanceCertificateQuerySet(ListedQuerySet[Row]):
    def once(self) -> Self:
        """What stands, one for each who was there: where two records of one person had one each, that of the record
        that went does not count again."""
        return self.standing().filter(person__merged_into=None)

    def of_person(self, person_id: int | None) -> Self:
        """Also of records merged into the person's."""
        if person_id is None:
            return self.none()
        return self.filter(Q(person=person_id) | Q(person__merged_into=person_id))

    def visible_to(self, user: AnyUser) -> Self:
        """One's own, and those of sessions that one may hold."""
        seen = reach(user, Action.ORGANISE, "session__unit__")
        if user.is_authenticated and user.person_id:
            seen |= Q(person=user.person_id) | Q(person__merged_into=user.person_id)
        return self.filter(seen)

    def for_rollup(self, unit: Unit, year: int) -> Self:
        first, after = year_bounds(year)
        within = self.once().filter(session__unit__path__startswith=unit.path, session__state="closed")
        return within.filter(session__starts_at__gte=first, session__starts_at__lt=after, person__isnull=False)

    def for_paper(self) -> Self:
        there = self.filter(person__isnull=False).select_related("person__merged_into", "session__unit")
        return there.prefetch_related("session__days")

    def for_everybody(self) -> Self:
        """For the public page. Of who withdrew their consent what was recorded stays closed: their codes lead
        nowhere."""
        return self.for_paper().filter(person__withdrawn_at=None, person__merged_into__withdrawn_at=None)

    def for_list(self, person_id: int | None) -> Self:
        """What stands for the person, of the latest session first."""
        mine = self.of_person(person_id).once()
        listed = mine.select_related("session__unit").prefetch_related("session__days")
        return listed.order_by("-session__starts_at", "-pk")

    def standing_for(self, session: models.Model, person_id: int | None) -> Row | None:
        return self.of_person(person_id).once().filter(session=session).first()
