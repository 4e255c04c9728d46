"""What one asks about one's own data, and what became of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from interface.refusals import told_in_form
from interface.tables.columns import display
from membership.admission import person_of, private_form, user_of
from privacy.actions import file_request
from privacy.forms import RequestForm
from privacy.models import Request


@private_form
def requests(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = RequestForm(request.POST or None)
    if form.is_valid():
        with told_in_form(form):
            asked = file_request(person=person, by=user_of(request), at=timezone.now(), **form.cleaned_data)
            due = {"day": display(asked.due_on)}
            messages.success(request, gettext("Your request has come. It is answered by %(day)s.") % due)
            return redirect("privacy:own")
    context = {"form": form, "requests": Request.objects.of_person(person), "person": person}
    return render(request, "privacy/own.html", context, status=422 if form.errors else 200)
