"""Who reads which enquiry and which opinions. The same filters tell what the actions allow."""

from __future__ import annotations

from typing import Any, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When, Window
from django.db.models.functions import RowNumber
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from learning.tracking.models import Enrolment
from membership.policy import Action, AnyUser, may

Row = TypeVar("Row", bound=models.Model, covariant=True)
# Open no more: it waits for a decision, or was decided about, which can be undone.
REPORTED_ONCE = ("reported", "kept", "hidden")
_AGREED = Q(answered_at__isnull=False, can_be_shown=True, is_for_all=True)


class EnquiryQuerySet(models.QuerySet[Row]):
    def of(self, person_id: int | None) -> Self:
        return self.filter(enrolment__person_id=person_id) if person_id else self.none()

    def reportable_by(self, person_id: int | None) -> Self:
        """Those of others that are shown, in courses which the person takes, and what is no longer shown because
        somebody reported it: two readers may press at once."""
        if not person_id:
            return self.none()
        taken = Enrolment.objects.filter(person_id=person_id).values("course_key")
        return self.filter(_AGREED, enrolment__course_key__in=taken).exclude(enrolment__person_id=person_id)

    def at(self, person_id: int, page_key: UUID) -> Self:
        """What the person finds at a page: one's own first, then what is shown, the newest of each first."""
        is_own = Q(enrolment__person_id=person_id)
        here = self.filter(is_own | _is_shown(), page_key=page_key)
        return here.annotate(is_own=Case(When(is_own, then=True), default=False)).order_by("-is_own", "-asked_at", "pk")

    def beneath(self, person_id: int, page_key: UUID, most: int) -> Self:
        """The same in one query, at most so many of one's own and as many of others."""
        place = Window(RowNumber(), partition_by="is_own", order_by=["-asked_at", "pk"])
        return self.at(person_id, page_key).annotate(place=place).filter(place__lte=most)

    def answerable_by(self, user: AnyUser) -> Self:
        return self.filter(_answers(user))

    def moderated_by(self, user: AnyUser) -> Self:
        return self.filter(_moderates(user))

    def for_desk(self, user: AnyUser) -> Self:
        """All that the user answers or moderates: what was reported first, then what has waited longest.

        ``is_known``: whether the user may know who asked, which a trainer of other places need not.
        """
        known = Enrolment.objects.taught_by(user).filter(pk=OuterRef("enrolment_id"))
        turn = Case(When(moderation="reported", then=0), When(answered_at=None, then=1), default=2)
        found = self.filter(_answers(user) | _moderates(user)).select_related("enrolment__person")
        found = found.annotate(is_known=Exists(known), turn=turn)
        return found.order_by("turn", Case(When(answered_at=None, then=F("asked_at"))), "-asked_at", "pk")

    def waiting_for(self, user: AnyUser) -> Self:
        """What the user has still to answer, and what to look at since it was reported."""
        unanswered = _answers(user) & Q(answered_at=None)
        return self.filter(unanswered | (_moderates(user) & Q(moderation="reported")))


def pages_of(user: AnyUser) -> PageQuerySet:
    """The pages that the user teaches with: publishes materials, and may change these."""
    pages: PageQuerySet = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages if may(user, Action.PUBLISH_MATERIALS) else pages.none()


def pages_with_opinions(user: AnyUser) -> Any:
    """Of these, those about which somebody said something, with the counts; in the order of the tree."""
    said = {
        "helped": Count("opinions", filter=Q(opinions__is_helpful=True)),
        "not_helped": Count("opinions", filter=Q(opinions__is_helpful=False)),
        "words": Count("opinions", filter=~Q(opinions__word="")),
    }
    return pages_of(user).filter(opinions__isnull=False).annotate(**said).order_by("path")


def moderates_any(user: AnyUser) -> bool:
    return bool(page_permission_policy.user_has_permission(user, "publish"))


def _is_shown() -> Q:
    return _AGREED & Q(moderation__in=("open", "kept"))


def _answers(user: AnyUser) -> Q:
    return Q(enrolment__course__in=pages_of(user).values("pk"))


def _moderates(user: AnyUser) -> Q:
    """Whoever publishes the pages of a course looks at what was reported there; nothing else of it is theirs."""
    courses = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return Q(enrolment__course__in=courses.values("pk"), moderation__in=REPORTED_ONCE)
