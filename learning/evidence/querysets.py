"""How the ledger is read."""

from __future__ import annotations

import datetime
import uuid
from typing import Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from learning.evidence.kinds import WITHDRAWAL, Kind
from membership.models import Membership, Person, User
from membership.policy import Action, AnyUser, reach


def year_bounds(year: int) -> tuple[datetime.datetime, datetime.datetime]:
    """The first moment of the year in Viet Nam's time, and that of the next."""
    zone = timezone.get_default_timezone()
    return datetime.datetime(year, 1, 1, tzinfo=zone), datetime.datetime(year + 1, 1, 1, tzinfo=zone)


Row = TypeVar("Row", bound=models.Model, covariant=True)


class EvidenceQuerySet(models.QuerySet[Row]):
    def standing(self) -> Self:
        """Facts that nothing has superseded and nobody has taken back."""
        return self.filter(superseded_by=None).exclude(kind=WITHDRAWAL)

    def of_year(self, year: int) -> Self:
        """Facts of 1 January to 31 December in Viet Nam's time, as a range that an index serves."""
        first, after = year_bounds(year)
        return self.filter(occurred_at__gte=first, occurred_at__lt=after)

    def for_person_year(self, person: Person, year: int) -> Self:
        """What stands for the person in that year: what judging reads."""
        return self.filter(person=person).standing().of_year(year)

    def visible_to(self, user: AnyUser) -> Self:
        """One's own, and that of people whose dossiers one may view."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_own(user) | _in_reach(user, Action.VIEW_DOSSIERS))

    def confirmable_by(self, user: AnyUser) -> Self:
        """What the user may confirm having seen the document: never their own."""
        others = self.filter(_in_reach(user, Action.VERIFY_EVIDENCE))
        return others.exclude(person_id=user.person_id) if user.is_authenticated and user.person_id else others

    def for_verifying(self, user: AnyUser) -> Self:
        """Certificates that nobody has looked at and the user may confirm, the longest waiting first."""
        waiting = self.confirmable_by(user).standing().filter(kind=Kind.EXTERNAL_CERTIFICATE, verification="none")
        unjudged = waiting.filter(person__restricted_at=None).exclude(details__has_key="refused_reason")
        return unjudged.select_related("person", "unit").prefetch_related("files").order_by("recorded_at", "pk")

    def withdrawn(self, person: Person, year: int) -> Self:
        """What the person, or an officer, took back in that year's facts."""
        return self.filter(person=person, kind=WITHDRAWAL, superseded_by=None).of_year(year)

    def of_session(self, session: models.Model) -> Self:
        """Who was there, as it stands; those who were struck off are not."""
        return self.filter(source_key__startswith=f"attendance:{session.pk}:").standing()

    def undone_in(self, session: models.Model) -> Self:
        """Presence that was taken back with the whole file that brought it in: it may be noted anew."""
        noted = self.filter(source_key__startswith=f"attendance:{session.pk}:")
        return noted.filter(superseded_by__kind=WITHDRAWAL, superseded_by__details__is_undone=True)

    def saying_otherwise(self, session: models.Model, topics: list[str]) -> Self:
        """Who was there and stands with other topics than these; of who withdrew their consent nothing is written."""
        return self.of_session(session).filter(person__withdrawn_at=None).exclude(topics=topics)

    def noted_in(self, session: models.Model, by: User) -> Self:
        """Whom the user need not note any more: who noted themselves is still to be noted by somebody else."""
        there = self.of_session(session)
        return there.exclude(~Q(person_id=by.person_id), details__how="self")

    def for_session(self, session: models.Model) -> Self:
        """The list of a session's page, by name."""
        return self.of_session(session).select_related("person").order_by("person__sort_key", "pk")

    def for_mine(self, person: Person, year: int) -> Self:
        """One year of a person's own page."""
        return self.for_person_year(person, year).prefetch_related("files")

    def for_page(self, person_id: int, page_key: uuid.UUID) -> Row | None:
        """The latest fact that stands for the person about that page."""
        return self.filter(person_id=person_id, page_key=page_key).standing().first()

    def past_of(self, person: Person) -> Self:
        """What has been superseded, also on rows that a merged record of the same person brought."""
        same = Q(person=person) | Q(person__merged_into=person)
        return self.filter(same, superseded_by__isnull=False)

    def taken_along(self, person: Person) -> Self:
        """What stands for the person and nobody refused, the oldest first."""
        rows = self.filter(person=person).standing().exclude(details__has_key="refused_reason", verification="none")
        return rows.order_by("occurred_at", "pk")

    def for_passport(self, person: Person) -> list[tuple[Row, uuid.UUID]]:
        """The same, each with the key of the row that first told it, on whichever record: three queries."""
        same = self.filter(Q(person=person) | Q(person__merged_into=person))
        before = dict(same.values_list("pk", "supersedes_id"))
        return [(row, _first(row.pk, before)) for row in self.taken_along(person).prefetch_related("files")]

    def brought_by(self, person: Person) -> dict[str, bool]:
        """Under which keys the person, by any of their records, brought something in, and whether they took it back."""
        own = self.filter(person__in=Person.objects.records_of(person), source_key__startswith="brought:")
        keys = own.values_list("source_key", "superseded_by__kind").order_by("pk")
        return {key.partition("@")[0]: kind == WITHDRAWAL for key, kind in keys}

    def told_here(self, names: list[str]) -> dict[str, int]:
        """Of entries that other sites name as this site names them, whose each is."""
        known = {key: name for name in names if (key := _key_in(name))}
        own = self.filter(pk__in=list(known)).values_list("pk", "person_id", "person__merged_into")
        return {known[key]: merged or person for key, person, merged in own}

    def years(self, person: Person) -> list[int]:
        """The years in which the person has standing facts, latest first."""
        moments = self.filter(person=person).standing().datetimes("occurred_at", "year", order="DESC")
        return [moment.year for moment in moments]


class EvidenceFileQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """Files of evidence that the user may see."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_own(user, "evidence__") | _in_reach(user, Action.VIEW_DOSSIERS, "evidence__"))


class UnsealedQuerySet(models.QuerySet[Row]):
    def with_leaf(self) -> Self:
        """Each with ``has_leaf``: whether it is in the log already; in one query, since another process may seal it."""
        return self.annotate(has_leaf=Exists(self._leaves()))

    def not_in_log(self) -> Self:
        return self.filter(~Exists(self._leaves()))

    def _leaves(self) -> models.QuerySet[models.Model]:
        return apps.get_model("evidence", "Leaf").objects.filter(entry_id=OuterRef("pk"))


class CheckpointQuerySet(models.QuerySet[Row]):
    def for_register(self) -> Self:
        """The public register, latest first, with the keys that signed."""
        return self.select_related("key").order_by("-number")

    def month_ends(self, year: int) -> Self:
        """The last checkpoint of each month of the year, in Viet Nam's time, oldest first."""
        first, after = year_bounds(year)
        months = (
            self.filter(sealed_at__gte=first, sealed_at__lt=after)
            .annotate(month=TruncMonth("sealed_at"))
            .order_by()
            .values("month")
            .annotate(last=Max("number"))
        )
        return self.filter(number__in=months.values("last")).order_by("number")

    def over(self, index: int) -> Row | None:
        """The first checkpoint that seals the leaf."""
        return self.filter(size__gt=index).select_related("key").order_by("number").first()


class NationalRecordQuerySet(models.QuerySet[Row]):
    def code_of(self, person: Person) -> str:
        """The one that the person gave, by any of their records; empty where none was."""
        records = Person.objects.records_of(person)
        codes: list[str] = list(
            self.filter(person__in=records).order_by("-given_at").values_list("code", flat=True)[:1]
        )
        return codes[0] if codes else ""


def _first(key: uuid.UUID, before: dict[uuid.UUID, uuid.UUID | None]) -> uuid.UUID:
    """Of a chain of rows that superseded each other, the key of the first."""
    while earlier := before.get(key):
        key = earlier
    return key


def _key_in(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(name.removeprefix("urn:uuid:")) if name.startswith("urn:uuid:") else None
    except ValueError:
        return None


def _own(user: User, prefix: str = "") -> Q:
    return Q(**{f"{prefix}person_id": user.person_id}) if user.person_id else Q(pk__in=[])


def _in_reach(user: AnyUser, action: Action, prefix: str = "") -> Q:
    """Rows whose unit, or whose person's unit today, is where the user may do the action."""
    here = Membership.objects.filter(reach(user, action, "unit__"), person=OuterRef(f"{prefix}person"))
    return reach(user, action, f"{prefix}unit__") | Q(Exists(here.on(timezone.localdate())))
