"""What of learning refers to pages that a trainer is about to delete. None of it is taken away."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import ngettext

from learning.evidence.models import Evidence
from learning.tracking.models import Enrolment, Play, StepProgress
from training_materials.registries.page_uses import Dependants, register


def connect() -> None:
    register(enrolments)
    register(progress)
    register(evidence)
    register(plays)


def enrolments(keys: Collection[UUID]) -> Dependants:
    count = Enrolment.objects.filter(course_key__in=keys).count()
    return Dependants(count, ngettext("%(count)d enrolment", "%(count)d enrolments", count) % {"count": count})


def progress(keys: Collection[UUID]) -> Dependants:
    count = StepProgress.objects.filter(step_key__in=keys).count()
    text = ngettext("%(count)d learner's progress in a step", "%(count)d learners' progress in steps", count)
    return Dependants(count, text % {"count": count})


def plays(keys: Collection[UUID]) -> Dependants:
    count = Play.objects.filter(activity_key__in=keys).count()
    return Dependants(
        count, ngettext("%(count)d play of an activity", "%(count)d plays of activities", count) % {"count": count}
    )


def evidence(keys: Collection[UUID]) -> Dependants:
    count = Evidence.objects.filter(page_key__in=keys).standing().count()
    text = ngettext("%(count)d piece of evidence", "%(count)d pieces of evidence", count)
    return Dependants(count, text % {"count": count})
