"""How decisions, titles, the dossiers that are ready for them, and groups that learn are read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Self, TypeVar, cast

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, NullIf

from badges.querysets import ListedQuerySet
from evaluation.dossiers.models import Dossier, Meeting
from membership.models import Membership, Person, Role, Unit, User
from membership.policy import Action, AnyUser, reach
from membership.querysets import standing_on

STANDING = Q(revoked_at=None)

Row = TypeVar("Row", bound=models.Model, covariant=True)
_ON_RECORD = Q(person__merged_into=None, person__erased_at=None)


class DecisionQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """Decisions of the units one may look into, and those in effect about people there."""
        about = self.model._default_manager.filter(reach(user, Action.VIEW_DOSSIERS, "titles__unit__"))
        return self.filter(reach(user, Action.VIEW_DOSSIERS, "unit__") | Q(pk__in=about.values("pk")))

    def for_decisions(self, user: AnyUser) -> Self:
        """Drafts first, then the newest; each with how many people stand on it. Lines and titles are never joined with
        each other, for a list may have a thousand."""
        titles: Any = self.model._meta.get_field("titles").related_model
        given = titles.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
        counted = given.annotate(count=Count("pk")).values("count")
        return (
            self.visible_to(user)
            .select_related("unit")
            .annotate(
                people=Coalesce(NullIf(Count("lines", distinct=True), 0), Subquery(counted), 0),
                revoked=Coalesce(Subquery(counted.exclude(revoked_at=None)), 0),
            )
            .order_by(F("signed_on").desc(nulls_first=True), "-pk")
        )

    def matching(self, *, number: str, year: int | None) -> Self:
        """In the register: by a part of the number, by the year of the signature; drafts stand in no year."""
        found = self.filter(number__icontains=number.strip()) if number.strip() else self
        return found.filter(register_year=year) if year else found

    def last_signer(self, unit: Unit) -> dict[str, str]:
        """Who signs the unit's latest decision: most likely the next one's signer too."""
        latest = self.filter(unit=unit, issued_at__isnull=False).order_by("-signed_on", "-pk")
        return latest.values("signer_name", "signer_title").first() or {}


class DecisionLineQuerySet(models.QuerySet[Row]):
    def for_decision(self, decision: models.Model, user: AnyUser) -> Self:
        """The lines about people one may look at, sorted as the list is: given name first."""
        return self.filter(reach(user, Action.VIEW_DOSSIERS, "dossier__unit__"), decision=decision).for_list()

    def for_papers(self, decision: models.Model) -> Self:
        """All lines of a decision as its papers list them."""
        return self.filter(decision=decision).for_list().select_related("dossier__criteria_set")

    def gone_back(self, decision: models.Model) -> list[str]:
        """Whose dossiers do not wait for recognition any more, or not yet again, by name: with them no decision that
        was issued takes effect."""
        waiting = Q(dossier__state=Dossier.State.IN_REVIEW, dossier__current_step__recognises=True)
        names = self.filter(~waiting, decision=decision).order_by("position")
        return list(names.values_list("name", flat=True))

    def for_list(self) -> Self:
        """As issued; drafts by name, given name first."""
        return (
            self.select_related("dossier__person", "dossier__unit", "dossier__title")
            .annotate(total=Sum("dossier__scores__reviewed_points"))
            .order_by("position", "dossier__person__sort_key", "dossier__person_id")
        )


class TitleQuerySet(ListedQuerySet[Row]):
    def standing(self) -> Self:
        return self.filter(STANDING)

    def holders(self, year: int, people: Iterable[int]) -> set[int]:
        """Which of these, by id, hold the title of the year, be it from a record that was merged into theirs."""
        held = self.standing().filter(year=year, identity__in=list(people))
        return set(held.values_list("identity", flat=True))

    def of_person(self, person: Person) -> Self:
        """Their titles, the newest first; those of records merged into theirs too."""
        return (
            self.filter(Q(person=person) | Q(person__merged_into=person))
            .select_related("decision__unit")
            .order_by("-year", "-pk")
        )

    def count_by_unit(self, above: Unit, years: Iterable[int]) -> list[tuple[int, str, int]]:
        """(year, path of the unit where they count, standing titles) at and below the unit."""
        rows = self.standing().filter(year__in=list(years), unit__path__startswith=above.path).order_by()
        counted = rows.values("year", "unit__path").annotate(number=Count("pk"))
        return list(counted.values_list("year", "unit__path", "number"))

    def for_decision(self, decision: models.Model, user: AnyUser) -> Self:
        """Of the people one may look at, sorted as the list is; those of an earlier year by given name."""
        within = self.filter(reach(user, Action.VIEW_DOSSIERS, "unit__"), decision=decision)
        joined = within.select_related("person", "unit", "dossier__decision_line")
        return joined.order_by("dossier__decision_line__position", "person__sort_key", "person_id")

    def for_verification(self) -> Self:
        """Only what the public page shows."""
        return self.select_related("person", "decision__unit").only(
            "code", "year", "name", "revoked_at", "revoked_reason", "person__full_name", "decision__number",
            "decision__signed_on", "decision__way", "decision__issuer", "decision__unit__name", "decision__unit__kind",
        )  # fmt: skip

    def for_revocation(self, decision: models.Model) -> Self:
        return self.filter(decision=decision).select_related("person", "decision__unit")

    def for_printing(self, decision: models.Model) -> Self:
        """What stands of a decision, in the order of its list. Of earlier years nothing is printed anew."""
        return self.standing().filter(decision=decision, dossier__isnull=False).for_certificate().order_by("pk")

    def for_certificate(self) -> Self:
        return self.select_related("person", "decision__unit", "dossier", "unit")


def meetings_on(decision: Any) -> QuerySet[Meeting]:
    """Closed meetings on dossiers of the decision, the latest first: their minutes go with it."""
    held = Meeting.objects.filter(lines__dossier__decision_line__decision=decision, closed_at__isnull=False)
    return held.select_related("step", "unit").distinct().order_by("-held_at", "-pk")


def ready_dossiers(user: User) -> QuerySet[Dossier]:
    """What waits for this user at the recognising body and on no list yet, and against whose recognition nothing
    stands: what ``readiness.problems`` does not name, but for who holds the title already from another record."""
    waiting = Dossier.objects.for_queue(user).filter(Q(is_own=False, has_judged=False))
    here: Any = Dossier.objects.filter(
        reach(user, Action.RECOGNISE, "current_unit__"),
        pk__in=waiting.values("pk"),
        current_step__recognises=True,
        decision_line=None,
    )
    found: QuerySet[Dossier] = here.with_obstacle().filter(obstacle="")
    return found.select_related("person", "current_unit", "decision_line").order_by(
        "-year", "current_unit__path", "person__sort_key", "pk"
    )


class GroupingQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(reach(user, Action.VIEW_FIGURES, "place__"))

    def below(self, unit: Unit, day: datetime.date) -> Self:
        return self.filter(standing_on(day), place__path__startswith=unit.path)

    def for_page(self, unit: Unit, year: int, day: datetime.date) -> Self:
        """Those at and beneath the unit, by kind and name, each with its figures on the day; one query."""
        return (
            self.below(unit, day).with_figures(year, day).select_related("place").order_by("place__path", "name", "pk")
        )

    def with_figures(self, year: int, day: datetime.date) -> Self:
        """Adds ``member_count`` and, with a standing title for the year, ``titled_count``: people, each once."""
        titled = Q(person__titles__year=year, person__titles__revoked_at=None)
        return self.annotate(member_count=_people(day, Q()), titled_count=_people(day, titled))


class MemberQuerySet(models.QuerySet[Row]):
    def on(self, day: datetime.date) -> Self:
        return self.filter(standing_on(day)).filter(_ON_RECORD)

    def for_page(self, grouping: models.Model, year: int, day: datetime.date) -> Self:
        """The members of the day by name, each with ``has_title`` for the year."""
        titles = apps.get_model("recognition", "Title").objects.standing().filter(person=OuterRef("person"), year=year)
        members = self.on(day).filter(grouping=grouping).select_related("person")
        return members.annotate(has_title=models.Exists(titles)).order_by("person__sort_key", "pk")


class GroupingRuleQuerySet(models.QuerySet[Row]):
    def on(self, day: datetime.date) -> dict[str, Row]:
        """The rule of each kind on the day; one query."""
        return {rule.kind: rule for rule in cast("Iterable[Any]", self.filter(standing_on(day)))}


def _people(day: datetime.date, which: Q) -> Any:
    """How many people belong: of a unit its members of the day, of the others those listed."""
    listed = apps.get_model("recognition", "GroupingMember").objects.on(day).filter(grouping=OuterRef("pk"))
    belonging = Membership.objects.on(day).filter(
        _ON_RECORD, role=Role.MEMBER, is_self_declared=False, unit__path__startswith=OuterRef("place__path")
    )
    return Case(
        When(kind="unit", then=_count(belonging.filter(which))),
        default=_count(listed.filter(which)),
        output_field=IntegerField(),
    )


def _count(rows: models.QuerySet[Any]) -> Any:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("person", distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)
