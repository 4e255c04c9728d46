"""Criteria sets of a unit's own when it lives on in another (decision 0141)."""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evaluation.criteria.models import CriteriaSet
from membership.querysets import ending_after
from membership.registries.following import Follower


def _standing(day: datetime.date) -> QuerySet[CriteriaSet]:
    return CriteriaSet.objects.filter(ending_after(day)).exclude(status=CriteriaSet.Status.RETIRED).order_by("pk")


CRITERIA = Follower("criteria", _("Criteria sets that go along"), _standing, "unit")
