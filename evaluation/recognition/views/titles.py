"""Titles after their decision: the list as a file, revoking, the citizen's own, and the certificate."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.recognition import actions
from evaluation.recognition.certificate import certificate_pdf
from evaluation.recognition.forms import RevokeForm
from evaluation.recognition.lists import list_of_people, people_on
from evaluation.recognition.models import Decision, Title
from evaluation.recognition.views.trails import trail_to
from interface.refusals import told_in_form
from interface.sheets import csv_response, xlsx_response
from interface.tables.files import note_taken
from membership.actions import log_file_access
from membership.admission import admit, private_form, private_page, user_of
from membership.models import User
from membership.policy import Action, may, reach
from papers.codes import canonical


@private_page
def mine(request: HttpRequest) -> HttpResponse:
    person = user_of(request).person
    titles = list(Title.objects.of_person(person)) if person else []
    stands = bool(titles) and not titles[0].is_revoked
    context = {
        "titles": titles,
        "latest": titles[0] if stands else None,
        "earlier": titles[1:] if stands else titles,
        "has_badges": bool(settings.BADGE_SIGNING_KEY),
    }
    return render(request, "recognition/mine.html", context)


@require_safe
@login_required
def people(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The list of a decision as CSV or XLSX."""
    user = user_of(request)
    decision = get_object_or_404(Decision.objects.visible_to(user).select_related("unit"), pk=pk)
    found = people_on(decision, user)
    sheet = list_of_people(decision, found)
    note_taken(request, sheet.lines[0], len(found))
    filename = f"danh-sach-{decision.year}-{decision.pk}.{kind}"
    return csv_response(sheet, filename) if kind == "csv" else xlsx_response([sheet], filename)


@private_form
def revoke(request: HttpRequest, pk: int, title_pk: int) -> HttpResponse:
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("unit"), pk=pk)
    user = admit(request, Action.RECOGNISE, decision.unit)
    title = get_object_or_404(Title.objects.for_revocation(decision), pk=title_pk)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        with told_in_form(form):
            actions.revoke(title=title, reason=form.cleaned_data["reason"], by=user, at=timezone.now())
            messages.success(request, _("The title has been revoked; whoever verifies it sees so from now on."))
            return redirect(decision)
    trail = [*trail_to(decision)[:-1], (str(decision), decision.get_absolute_url()), (_("Revoke a title"), "")]
    context = {"decision": decision, "title": title, "form": form, "trail": trail}
    return render(request, "recognition/revoke.html", context, status=422 if form.errors else 200)


@private_page
def revoke_of(request: HttpRequest, dossier_pk: int) -> HttpResponse:
    """From an inspection's finding to the page that revokes the title which the dossier got."""
    titles = Title.objects.filter(reach(user_of(request), Action.RECOGNISE, "decision__unit__"), revoked_at=None)
    title = get_object_or_404(titles, dossier=dossier_pk)
    return redirect("recognition:revoke", pk=title.decision_id, title_pk=title.pk)


@private_page
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """For the person themself, and for those who may look into their dossier; nobody else learns of it."""
    user = user_of(request)
    title = get_object_or_404(Title.objects.for_certificate(), code=canonical(code), dossier__isnull=False)
    if not may_print(user, title):
        raise Http404
    log_file_access(user=user, person=title.person, what="certificate", at=timezone.now())
    if title.is_revoked:
        return render(request, "recognition/certificate_revoked.html", {"title": title}, status=410)
    paper = certificate_pdf(title, settings.BASE_URL + reverse("recognition:verify_form"))
    filename = f"giay-cong-nhan-{title.code}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{filename}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def may_print(user: User, title: Title) -> bool:
    is_own = user.person_id is not None and user.person_id in {title.person_id, title.person.merged_into_id}
    return is_own or may(user, Action.VIEW_DOSSIERS, title.unit)
