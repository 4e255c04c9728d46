"""What goes along with a session, for who holds it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from interface.refusals import told_in_form
from learning.sessions import actions
from learning.sessions.forms import MaterialForm
from learning.sessions.models import Material
from learning.sessions.views.desk import held_by
from learning.sessions.views.trails import session_trail
from membership.admission import private_form, private_post, user_of


@private_form
def materials(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session = held_by(request, session_id)
    form = MaterialForm(request.POST or None)
    if form.is_valid():
        with told_in_form(form):
            actions.add_material(session=session, **form.cleaned_data, by=user_of(request), at=timezone.now())
            messages.success(request, _("It stands on the session's page."))
            return redirect("sessions:materials", session.pk)
    trail = session_trail((session.title, reverse("sessions:session", args=[session.pk])), (_("Materials"), ""))
    context = {"form": form, "session": session, "materials": session.materials.all(), "breadcrumbs": trail}
    return render(request, "sessions/materials.html", context, status=422 if form.errors else 200)


@private_post
def remove(request: HttpRequest, session_id: uuid.UUID, material_id: int) -> HttpResponse:
    session = held_by(request, session_id)
    material = get_object_or_404(Material.objects.select_related("session__unit"), pk=material_id, session=session)
    actions.remove_material(material=material, by=user_of(request), at=timezone.now())
    messages.success(request, _("It is taken away."))
    return redirect("sessions:materials", session.pk)
