"""Papers of a session to take away: the way there, for who may see it; minutes, for who holds it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learning.evidence.models import Evidence
from learning.sessions.models import Session
from learning.sessions.papers import minutes, way
from learning.sessions.views.desk import held_by
from membership.admission import private_page
from papers.files import paper_response


@require_safe
@never_cache
def way_there(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=session_id)
    if not session.place:
        raise Http404
    return paper_response(way(session), "duong-den", "pdf")


@private_page
def minutes_of(request: HttpRequest, session_id: uuid.UUID, kind: str) -> HttpResponse:
    session = held_by(request, session_id)
    if kind not in ("pdf", "docx"):
        raise Http404
    present = Evidence.objects.of_session(session).values("person").distinct().count()
    return paper_response(minutes(session, present), "bien-ban", kind)
