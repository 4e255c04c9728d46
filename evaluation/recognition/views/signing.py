"""What makes an issued decision take effect: the signed copy, what a second officer says of it; or its withdrawal."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluation.recognition import actions
from evaluation.recognition.actions.digital import hand_in_signed as take_in
from evaluation.recognition.forms import HandInForm, HandInSignedForm, RefuseCopyForm, WithdrawForm
from evaluation.recognition.models import Decision, DecisionLine, SignedCopy, Way
from evaluation.recognition.signatures import told_again
from evaluation.recognition.trust import trusted
from interface.refusals import told_on_page
from learning.evidence.files import given_out
from membership.admission import admit, private_page, private_post, user_of
from membership.models import User
from membership.policy import Action, may

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
_IN_EFFECT = gettext_lazy("The signatures hold. The decision is in effect; each person has their title.")
_WAITS = gettext_lazy(
    "The signatures hold and the text is that of the decision, but it is another file than the one that was issued: a "
    "second officer compares it, then it takes effect."
)


@private_post
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _recognised_here(request, pk)
    form = HandInForm(request.POST, request.FILES)
    if _is_filled(request, form):
        with told_on_page(request):
            upload = form.cleaned_data["copy"]
            actions.hand_in(decision=decision, upload=upload, by=user_of(request), at=timezone.now())
            messages.success(request, _("The copy is handed in. Now a second officer compares it with the decision."))
    return redirect(decision)


@private_post
def hand_in_signed(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _recognised_here(request, pk)
    form = HandInSignedForm(request.POST, request.FILES)
    if _is_filled(request, form):
        with told_on_page(request):
            upload, by = form.cleaned_data["signed"], user_of(request)
            taken = take_in(decision=decision, upload=upload, trust=trusted(), by=by, at=timezone.now())
            messages.success(request, _IN_EFFECT if taken.is_in_effect else _WAITS)
    return redirect(decision)


@private_post
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    copy = _waiting(request, pk)
    with told_on_page(request):
        decision = actions.confirm(copy=copy, by=user_of(request), at=timezone.now())
        if decision.is_in_effect:
            messages.success(request, _("The decision is in effect. Each person on it now has their title."))
    return redirect(copy.decision)


@private_post
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    copy = _waiting(request, pk)
    form = RefuseCopyForm(request.POST)
    if _is_filled(request, form):
        with told_on_page(request):
            reason = form.cleaned_data["refusal"]
            actions.refuse(copy=copy, reason=reason, by=user_of(request), at=timezone.now())
    return redirect(copy.decision)


@private_post
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _recognised_here(request, pk)
    form = WithdrawForm(request.POST)
    if _is_filled(request, form):
        with told_on_page(request):
            reason = form.cleaned_data["withdrawal"]
            actions.withdraw(decision=decision, reason=reason, by=user_of(request), at=timezone.now())
            messages.success(request, _("The decision is withdrawn; its people can stand on another list."))
    return redirect(decision)


@private_page
def copy(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that was handed in and not refused."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("unit"), pk=pk)
    admit(request, Action.VIEW_DOSSIERS, decision.unit)
    found = decision.copies.filter(refusal="").exclude(file="").first()
    if found is None:
        raise Http404
    name = f"quyet-dinh-da-ky-{decision.year}-{decision.pk}.{_ENDINGS[found.content_type]}"
    return given_out(found.file, name, found.content_type)


def signing_of(decision: Decision, user: User) -> dict[str, Any]:
    """What the page shows of the way from issued to in effect."""
    copies = list(decision.copies.select_related("handed_in_by__person", "judged_by__person").order_by("pk"))
    standing = next((copy for copy in copies if not copy.refusal), None)
    signers = [told_again(told) for told in standing.signers] if standing else []
    context: dict[str, Any] = {
        "copy": standing,
        "signers": signers,
        "refused": [copy for copy in copies if copy.refusal],
    }
    if not (decision.is_awaiting and may(user, Action.RECOGNISE, decision.unit)):
        return context
    context |= {"withdraw_form": WithdrawForm(), "gone_back": ", ".join(DecisionLine.objects.gone_back(decision))}
    if standing is None:
        signed_form = HandInSignedForm() if settings.SIGNATURE_TRUST_DIR else None
        return context | {"hand_in_form": HandInForm(), "signed_form": signed_form}
    return context | {
        "is_another_file": standing.way == Way.TEXT,
        "is_own_copy": standing.handed_in_by_id == user.pk,
        "refuse_form": RefuseCopyForm(),
    }


def _recognised_here(request: HttpRequest, pk: int) -> Decision:
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("unit"), pk=pk)
    admit(request, Action.RECOGNISE, decision.unit)
    return decision


def _waiting(request: HttpRequest, pk: int) -> SignedCopy:
    """The copy that was on the page; the latest, so that confirming twice tells what became of it."""
    found = _recognised_here(request, pk).copies.select_related("decision").filter(pk=_key(request))
    return get_object_or_404(found)


def _key(request: HttpRequest) -> int:
    given = request.POST.get("copy", "")
    if not given.isdecimal() or len(given) > 18:
        raise Http404
    return int(given)


def _is_filled(request: HttpRequest, form: Form) -> bool:
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return not form.errors
