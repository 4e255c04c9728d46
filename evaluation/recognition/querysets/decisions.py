"""How decisions, titles and the dossiers that are ready for them are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from evaluation.dossiers.models import Dossier, Meeting
from evaluation.recognition.badges.status import keys_on, place_of
from membership.models import Person, Unit, User
from membership.policy import Action, AnyUser, reach

STANDING = Q(revoked_at=None)

Row = TypeVar("Row", bound=models.Model, covariant=True)


class DecisionQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: AnyUser) -> Self:
        """Decisions of the units one may look into, and issued ones about people there."""
        about = self.model._default_manager.filter(
            reach(user, Action.VIEW_DOSSIERS, "lines__dossier__unit__"), issued_at__isnull=False
        )
        return self.filter(reach(user, Action.VIEW_DOSSIERS, "unit__") | Q(pk__in=about.values("pk")))

    def for_decisions(self, user: AnyUser) -> Self:
        """Drafts first, then the newest; each with how many people stand on it."""
        return (
            self.visible_to(user)
            .select_related("unit")
            .annotate(
                people=Count("lines", distinct=True),
                revoked=Count("titles", filter=~Q(titles__revoked_at=None), distinct=True),
            )
            .order_by(F("signed_on").desc(nulls_first=True), "-pk")
        )

    def matching(self, *, number: str, year: int | None) -> Self:
        """In the register: by a part of the number, by the year of the signature; drafts stand in no year."""
        found = self.filter(number__icontains=number.strip()) if number.strip() else self
        return found.filter(register_year=year) if year else found

    def last_signer(self, unit: Unit) -> dict[str, str]:
        """Who signed the unit's latest decision: most likely the next one's signer too."""
        latest = self.filter(unit=unit, issued_at__isnull=False).order_by("-signed_on", "-pk")
        return latest.values("signer_name", "signer_title").first() or {}


class DecisionLineQuerySet(models.QuerySet[Row]):
    def for_decision(self, decision: models.Model, user: AnyUser) -> Self:
        """The lines about people one may look at, sorted as the list is: given name first."""
        return self.filter(reach(user, Action.VIEW_DOSSIERS, "dossier__unit__"), decision=decision).for_list()

    def for_papers(self, decision: models.Model) -> Self:
        """All lines of a decision as its papers list them."""
        return self.filter(decision=decision).for_list().select_related("dossier__criteria_set")

    def for_list(self) -> Self:
        return (
            self.select_related("dossier__person", "dossier__unit", "dossier__title")
            .annotate(total=Sum("dossier__scores__reviewed_points"))
            .order_by("dossier__person__sort_key", "dossier__person_id")
        )


class TitleQuerySet(models.QuerySet[Row]):
    def standing(self) -> Self:
        return self.filter(STANDING)

    def of_person(self, person: Person) -> Self:
        """Their titles, the newest first; those of records merged into theirs too."""
        return (
            self.filter(Q(person=person) | Q(person__merged_into=person))
            .select_related("decision__unit")
            .order_by("-year", "-pk")
        )

    def count_by_unit(self, above: Unit, years: Iterable[int]) -> list[tuple[int, str, int]]:
        """(year, path of the dossier's unit, standing titles) at and below the unit."""
        rows = self.standing().filter(year__in=list(years), dossier__unit__path__startswith=above.path).order_by()
        counted = rows.values("year", "dossier__unit__path").annotate(number=Count("pk"))
        return list(counted.values_list("year", "dossier__unit__path", "number"))

    def for_verification(self) -> Self:
        """Only what the public page shows."""
        return self.select_related("person", "decision__unit").only(
            "code", "year", "revoked_at", "revoked_reason", "person__full_name", "decision__number",
            "decision__signed_on", "decision__unit__name", "decision__unit__kind",
        )  # fmt: skip

    def revoked_on(self, number: int) -> list[int]:
        """Primary keys of the revoked titles whose badges stand on that status list."""
        keys = keys_on(number)
        revoked = self.filter(revoked_at__isnull=False, pk__gte=keys.start, pk__lt=keys.stop)
        return list(revoked.order_by("pk").values_list("pk", flat=True))

    def last_status_list(self) -> int:
        """The number of the last status list that any title stands on."""
        return place_of(self.aggregate(last=Max("pk"))["last"] or 0)[0]

    def for_revocation(self, decision: models.Model) -> Self:
        return self.filter(decision=decision).select_related("person", "decision__unit")

    def for_printing(self, decision: models.Model) -> Self:
        """What stands of a decision, in the order of its list."""
        return self.standing().filter(decision=decision).for_certificate().order_by("pk")

    def for_certificate(self) -> Self:
        return self.select_related("person", "decision__unit", "dossier__unit")


class PrintRunQuerySet(models.QuerySet[Row]):
    def at_work(self) -> Self:
        return self.filter(state__in=["waiting", "preparing", "drawing"])

    def latest_of(self, decision: models.Model) -> Row | None:
        return self.filter(decision=decision).order_by("-asked_at", "-pk").first()


def meetings_on(decision: Any) -> QuerySet[Meeting]:
    """Closed meetings on dossiers of the decision, the latest first: their minutes go with it."""
    held = Meeting.objects.filter(lines__dossier__decision_line__decision=decision, closed_at__isnull=False)
    return held.select_related("step", "unit").distinct().order_by("-held_at", "-pk")


def ready_dossiers(user: User) -> QuerySet[Dossier]:
    """Passed dossiers that wait for this user at the recognising body and stand on no list yet.

    The set-based twin of ``readiness.problems``; a test holds them equal.
    """
    waiting = Dossier.objects.for_queue(user).filter(Q(is_own=False, has_judged=False))
    return (
        Dossier.objects.filter(
            reach(user, Action.RECOGNISE, "current_unit__"),
            pk__in=waiting.values("pk"),
            current_step__recognises=True,
            decision_line=None,
        )
        .with_totals()
        .filter(
            Q(score_count__gt=0, reviewed_count=F("score_count")),
            Q(reviewed_total__gte=F("criteria_set__threshold"), reviewed_least__gte=F("criteria_set__floor")),
        )
        .select_related("person", "unit", "current_unit", "decision_line")
        .order_by("-year", "current_unit__path", "person__sort_key", "pk")
    )
