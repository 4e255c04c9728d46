"""Where a running content's host page speaks to: it launches a play, and delivers what was reported. JSON alone."""

from __future__ import annotations

import json
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_ratelimit.core import is_ratelimited

from learning.tracking import actions
from learning.tracking.courses.state import state_of
from learning.tracking.models import ActivityPage, Enrolment, Play
from learning.tracking.play.entries import EntriesError, StateEntry, read_entries
from learning.tracking.registries.gates import closed_steps
from membership.admission import user_of
from training_materials.models import CoursePage
from training_materials.packages.scoring import VerdictKind
from training_materials.player.tokens import address_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID


_PER_MINUTE = "240/m"


def _for_players(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Signed in, or told so in JSON: a page that plays cannot follow a redirect. Counts per account."""

    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        if not request.user.is_authenticated:
            message = _("You have been signed out. Sign in again: what you did is kept on this device.")
            return JsonResponse({"message": message}, status=401)
        if is_ratelimited(request, group="tracking.play", key="user", rate=_PER_MINUTE, increment=True):
            return JsonResponse({"message": _("Too much at once. It is sent again in a moment.")}, status=429)
        return view(request, *args, **kwargs)

    return guarded


@_for_players
def launch(request: HttpRequest, course_slug: str, step_slug: str) -> JsonResponse:
    course = get_object_or_404(CoursePage.objects.live(), slug=course_slug)
    activity = get_object_or_404(ActivityPage.objects.child_of(course).live(), slug=step_slug)
    person_id = user_of(request).person_id
    enrolment = Enrolment.objects.for_player(person_id, course) if person_id else None
    if enrolment is None:
        raise Http404
    if reason := closed_steps(state_of(enrolment, course)).get(activity.translation_key):
        return JsonResponse({"message": reason}, status=403)
    try:
        play = actions.launch(enrolment=enrolment, activity=activity, by=user_of(request), at=timezone.now())
    except actions.ContentGoneError:
        return JsonResponse({"message": _("This exercise is no longer available. Your results are kept.")}, status=410)
    return JsonResponse(
        {
            "play": str(play.pk),
            "address": address_of(play.version_key),
            "state": _kept(play),
            "is_done": play.evidence_key is not None,
            "standing": standing(play),
        }
    )


@_for_players
def take(request: HttpRequest, play_id: UUID) -> JsonResponse:
    if len(request.body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return JsonResponse({"message": _("That is too much at once.")}, status=413)
    try:
        entries, refused = read_entries(request.body)
    except EntriesError as wrong:
        return JsonResponse({"message": str(wrong)}, status=400)
    now = timezone.now()
    try:
        play = actions.take_entries(play_id=play_id, entries=entries, by=user_of(request), at=now)
    except Play.DoesNotExist as unknown:
        raise Http404 from unknown
    return JsonResponse(
        {
            "taken": [*(str(entry.key) for entry in entries), *refused],
            "refused": refused,
            # What came of the states that were sent: another tab may have had its part in them.
            "state": _kept(play) if any(isinstance(entry, StateEntry) for entry in entries) else [],
            "saved_at": formats.time_format(timezone.localtime(now), "H:i"),
            "is_done": play.evidence_key is not None,
            "standing": standing(play),
        }
    )


def _kept(play: Play) -> list[dict[str, str]]:
    states = play.states.values_list("field", "sub_content", "value")
    return [{"field": field, "subContent": part, "value": value} for field, part, value in states]


def standing(play: Play) -> str:
    """What the learner is told of how it stands, in a sentence."""
    if play.finished_at is None:
        is_empty = play.said > 0 and play.results.exclude(verdict=VerdictKind.REJECTED).exists()
        return _("Nothing has been answered yet, so this step is still open.") if is_empty else ""
    if play.best is None:
        return _("You have played it to the end.")
    percent = json.dumps(round(play.best * 100))
    return _("Your best result: %(percent)s %%.") % {"percent": percent}
