"""What is announced, for everybody: the calendar, a session's own page, and the answer whether one comes."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.evidence.registries import training
from learning.sessions import actions
from learning.sessions.actions import SessionRefusedError
from learning.sessions.calendars import calendar_response
from learning.sessions.models import AttendanceCertificate, Session
from learning.sessions.places import standing_of
from learning.tracking.registries.dues import dues_of
from membership.admission import private_post, user_of
from membership.policy import Action, may

MOST_SHOWN = 100


@require_safe
@never_cache
def upcoming(request: HttpRequest) -> HttpResponse:
    context = {
        "sessions": Session.objects.for_calendar(request.user, timezone.now())[:MOST_SHOWN],
        "attended": AttendanceCertificate.objects.for_list(getattr(request.user, "person_id", None))[:MOST_SHOWN],
        "may_organise": may(request.user, Action.ORGANISE),
        "breadcrumbs": [(_("Training sessions"), "")],
    }
    return render(request, "sessions/upcoming.html", context)


@require_safe
@never_cache
def feed(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return calendar_response(Session.objects.for_calendar(request.user, now)[:MOST_SHOWN], "buoi-tap-huan", now)


@require_safe
@never_cache
def file(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    return calendar_response([_visible(request, session_id)], "buoi-tap-huan", timezone.now())


@require_safe
@never_cache
def page(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session = _visible(request, session_id)
    person_id = getattr(request.user, "person_id", None)
    standing = standing_of(session, person_id)
    organises = may(request.user, Action.ORGANISE, session.unit)
    context = {
        "session": session,
        "standing": standing,
        "training": _training(session),
        "materials": session.materials.shown(),
        "takes_answers": session.takes_answers(timezone.now()),
        "has_person": person_id is not None,
        "organises": organises,
        "shows_link": organises or standing.has_place,
        "dues": dues_of(person_id, timezone.localdate(), {session.pk}) if person_id else [],
        "certificate": AttendanceCertificate.objects.standing_for(session, person_id),
        "has_badges": bool(settings.BADGE_SIGNING_KEY),
        "breadcrumbs": [(_("Training sessions"), reverse("sessions:upcoming")), (session.title, "")],
    }
    return render(request, "sessions/page.html", context)


@private_post
def answer(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session, is_coming = _visible(request, session_id), request.POST.get("comes") == "yes"
    try:
        actions.reply(session=session, is_coming=is_coming, by=user_of(request), at=timezone.now())
    except SessionRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your answer is noted. You can change it until it begins."))
    return redirect("sessions:page", session.pk)


def _training(session: Session) -> list[str]:
    """What who was there counts as trained in."""
    return [str(name) for topic, name in training.offered() if topic in session.topics] if session.topics else []


def _visible(request: HttpRequest, session_id: uuid.UUID) -> Session:
    return get_object_or_404(Session.objects.visible_to(request.user), pk=session_id)
