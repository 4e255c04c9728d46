"""The devices on which one is told at once: switched on where one sits, removed from anywhere."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django_ratelimit.decorators import ratelimit

from membership.admission import person_of, private_post
from notices.actions import remove_devices, switch_on_device
from notices.devices import name_of, remember
from notices.forms import DeviceForm
from notices.models import Device


@ratelimit(group="notices.devices", key="user", rate="20/h", block=True)
@private_post
def switch_on(request: HttpRequest) -> HttpResponse:
    """Sent by the script that asked the browser."""
    if not Device.site_key():
        raise Http404
    form = DeviceForm(request.POST)
    response = redirect("notices:choices")
    if not form.is_valid():
        problems = [str(problem) for of_field in form.errors.values() for problem in of_field]
        messages.error(request, " ".join([_("This device was not switched on."), *problems]))
        return response
    name = name_of(request.headers.get("User-Agent", ""))
    device = switch_on_device(person=person_of(request), name=name, **form.cleaned_data, at=timezone.now())
    remember(response, device)
    messages.success(request, _("This device is told from now on."))
    return response


@private_post
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    device = get_object_or_404(Device, pk=pk, person=person_of(request))
    remove_devices(devices=[device])
    messages.success(request, _("Nothing is sent to %(device)s any more.") % {"device": device.name})
    return redirect("notices:choices")
