"""Many invitations in one file: asked for, watched while a worker draws them, and taken away."""

import uuid
from functools import partial

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.sessions import actions
from learning.sessions.models import PrintRun
from learning.sessions.tasks import draw_invitations
from learning.sessions.views.desk import held_by
from learning.sessions.views.trails import session_trail
from membership.admission import private_form, private_page, user_of


@private_form
def printing(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Orders the file, and tells how far it is: to htmx that part alone."""
    session = held_by(request, session_id)
    itself, desk = (reverse(f"sessions:{name}", args=[session.pk]) for name in ("printing", "session"))
    if request.method == "POST":
        run = actions.order_invitations(session=session, by=user_of(request), at=timezone.now())
        transaction.on_commit(partial(draw_invitations.enqueue, run.pk))
        return redirect(itself)
    invitees = (_("Who is invited"), reverse("sessions:invitees", args=[session.pk]))
    context = {
        "session": session,
        "run": PrintRun.objects.latest_of(session),
        "progress_address": itself,
        "order_address": itself,
        "file_address": reverse("sessions:printed", args=[session.pk]),
        "breadcrumbs": session_trail((session.title, desk), invitees, (_("Invitations to print (PDF)"), "")),
    }
    part = "HX-Request" in request.headers
    return render(request, "sessions/print_run.html" if part else "sessions/printing.html", context)


@private_page
def printed(request: HttpRequest, session_id: uuid.UUID) -> FileResponse:
    run = PrintRun.objects.latest_of(held_by(request, session_id))
    if run is None or not run.file:
        raise Http404
    return FileResponse(run.file.open("rb"), as_attachment=True, filename="giay-moi.pdf")
