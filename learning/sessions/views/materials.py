"""What goes along with a session: put there and taken away by who holds it, a file opened by who sees it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from interface.refusals import told_in_form
from learning.evidence.files import given_out
from learning.sessions import actions
from learning.sessions.forms import MaterialForm
from learning.sessions.models import Material
from learning.sessions.views.desk import held_by
from learning.sessions.views.trails import session_trail
from membership.admission import private_form, private_post, user_of


@private_form
def materials(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session = held_by(request, session_id)
    form = MaterialForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with told_in_form(form):
            actions.add_material(session=session, **form.cleaned_data, by=user_of(request), at=timezone.now())
            messages.success(request, _("It is added."))
            return redirect("sessions:materials", session.pk)
    trail = session_trail((session.title, reverse("sessions:session", args=[session.pk])), (_("Materials"), ""))
    context = {"form": form, "session": session, "materials": session.materials.all(), "breadcrumbs": trail}
    return render(request, "sessions/materials.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def material_file(request: HttpRequest, session_id: uuid.UUID, material_id: int) -> HttpResponseBase:
    """What the office keeps can name who was there: who opens it stands in the log."""
    seen = Material.objects.visible_to(request.user).exclude(file="")
    material = get_object_or_404(seen, pk=material_id, session=session_id)
    if material.stage == Material.Stage.OFFICE:
        data, session = {"sha256": material.sha256}, material.session
        log(instance=session, action="sessions.open_paper", user=user_of(request), title=str(session.pk), data=data)
    return given_out(material.file, material.file_name, material.content_type)


@private_post
def remove(request: HttpRequest, session_id: uuid.UUID, material_id: int) -> HttpResponse:
    session = held_by(request, session_id)
    material = get_object_or_404(Material.objects.select_related("session__unit"), pk=material_id, session=session)
    actions.remove_material(material=material, by=user_of(request), at=timezone.now())
    messages.success(request, _("It is taken away."))
    return redirect("sessions:materials", session.pk)
