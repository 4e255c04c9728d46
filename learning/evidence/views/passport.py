"""The learning record that a person takes along as one signed file, and what they learned elsewhere brought in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_ratelimit.core import is_ratelimited
from django_ratelimit.decorators import ratelimit

from badges.answers import demanded_key
from badges.credentials import issuer_profile
from badges.keys import signing_key
from badges.proofs import as_jwt, with_proof
from intake.models import Import
from intake.pages import ImportPage, PlanView, UploadView
from intake.upload import UploadForm
from learning.evidence import actions
from learning.evidence.forms import NationalCodeForm, PassportForm
from learning.evidence.models import Evidence, NationalRecord
from learning.evidence.passport.file import PassportFile
from learning.evidence.passport.record import Holder, record_of
from learning.evidence.registries.credentials import credentials_of
from learning.evidence.views.trails import trail
from membership.admission import person_of, private_form, private_page, user_of

_RATE = "20/h"


@private_form
def passport(request: HttpRequest) -> HttpResponse:
    """What there is to take along; its form keeps the code of the national record."""
    person = person_of(request)
    kept = {"code": NationalRecord.objects.code_of(person)}
    form = NationalCodeForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        actions.keep_national_code(
            person=person, code=form.cleaned_data["code"], by=user_of(request), at=timezone.now()
        )
        messages.success(request, _("Saved.") if form.cleaned_data["code"] else _("The code is forgotten."))
        return redirect("evidence:passport")
    context = {
        "form": form,
        "count": Evidence.objects.taken_along(person).count(),
        "is_signed_here": signing_key() is not None,
        "breadcrumbs": trail((_("Learning record to take along"), "")),
    }
    return render(request, "evidence/passport.html", context, status=422 if form.errors else 200)


@private_page
@ratelimit(group="evidence.passport", key="user", rate=_RATE, block=True)
def passport_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The record as JSON or JWT, signed at this moment."""
    person, key, at = person_of(request), demanded_key(), timezone.now()
    holder = Holder(person.full_name, person.code, NationalRecord.objects.code_of(person))
    issuer = issuer_profile(key)
    record = record_of(holder, Evidence.objects.for_passport(person), credentials_of(person, issuer), issuer, at)
    headers = {"Content-Disposition": f'attachment; filename="ho-so-hoc-tap-{person.code}.{kind}"'}
    if kind == "jwt":
        return HttpResponse(as_jwt(record, key), content_type="application/vc+jwt", headers=headers)
    indented = {"ensure_ascii": False, "indent": 1}
    signed = with_proof(record, key, at)
    return JsonResponse(signed, json_dumps_params=indented, content_type="application/vc", headers=headers)


class BringInPage(ImportPage):
    kind = PassportFile
    page_title = gettext_lazy("Bring in what you learned elsewhere")
    upload_page, plan_page = "evidence:bring_in", "evidence:bring_in_plan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = trail((_("Learning record to take along"), reverse("evidence:passport")), (_("Bring in"), ""))
        return super().get_context_data(**kwargs) | {"breadcrumbs": steps}


class BringInView(BringInPage, UploadView):
    template_name = "evidence/bring_in.html"
    form_class = PassportForm

    def form_valid(self, form: UploadForm) -> HttpResponse:
        if is_ratelimited(self.request, group="evidence.bring_in", key="user", rate=_RATE, increment=True):
            form.add_error("file", _("You have brought in very many files in one hour. Try again in an hour."))
            return self.form_invalid(form)
        return super().form_valid(form)


class BringInPlanView(BringInPage, PlanView):
    def answer(self, batch: Import) -> HttpResponse:
        if batch.problem:
            messages.error(self.request, batch.problem)
            return super().answer(batch)
        added = batch.details.get("added", 0)
        told = ngettext("%(count)d achievement is added.", "%(count)d achievements are added.", added)
        messages.success(self.request, told % {"count": added})
        return redirect("evidence:mine")
