"""What waits for the trainers of a course and for who moderates it, and what learners think of its pages."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import ChoiceFilter, FilterSet

from interface.refusals import told_in_form, told_on_page
from interface.tables import Column, Empty, Table, TableView, mark
from learning.feedback import actions
from learning.feedback.forms import AnswerForm
from learning.feedback.models import Enquiry, Opinion
from learning.feedback.places import editing_url, place_of
from learning.feedback.querysets import (
    REPORTED_ONCE,
    EnquiryQuerySet,
    moderates_any,
    pages_of,
    pages_with_opinions,
)
from membership.admission import AdmittedMixin, private_form, private_page, private_post, user_of
from membership.policy import Action, may

_WAITING, _ANSWERED, _REPORTED = "waiting", "answered", "reported"
_STATES = (
    (_WAITING, gettext_lazy("Waiting for an answer")),
    (_ANSWERED, gettext_lazy("Answered")),
    (_REPORTED, gettext_lazy("Reported or hidden")),
)
_TITLE = gettext_lazy("Questions of learners")
_PER_PAGE = 25


class EnquiryFilters(FilterSet):
    state = ChoiceFilter(label=gettext_lazy("Which"), choices=_STATES, empty_label=gettext_lazy("All"), method="of")

    def of(self, enquiries: EnquiryQuerySet, _name: str, state: str) -> EnquiryQuerySet:
        if state == _REPORTED:
            return enquiries.filter(moderation__in=REPORTED_ONCE)
        return enquiries.filter(answered_at__isnull=state == _WAITING)


def _state(enquiry: Enquiry) -> Any:
    if enquiry.moderation in (Enquiry.Moderation.REPORTED, Enquiry.Moderation.HIDDEN):
        is_new = enquiry.moderation == Enquiry.Moderation.REPORTED
        return mark(_("Reported, hidden for now") if is_new else _("Hidden"), "warning")
    if enquiry.answered_at is None:
        return mark(_("Waiting for an answer"), "warning")
    if enquiry.moderation == Enquiry.Moderation.KEPT and enquiry.is_shown:
        return mark(_("Reported, shown again"), "ok")
    return mark(_("Answered, shown to all"), "ok") if enquiry.is_shown else mark(_("Answered"), "ok")


class EnquiryTable(Table):
    caption = _TITLE
    filters_class = EnquiryFilters
    row_address = "feedback:enquiry"
    empty = Empty(
        gettext_lazy("No questions here"),
        gettext_lazy("What learners ask in a course that you may edit comes here."),
    )
    columns = [
        Column(name="text", label=gettext_lazy("Question"), is_heading=True,
               show=lambda row: Truncator(row.text).chars(90)),
        Column(name="place", label=gettext_lazy("Asked at"), read="page_title", note="enrolment.course_title"),
        Column(name="asked", label=gettext_lazy("Asked on"), read="asked_at", order=["asked_at"]),
        Column(name="state", label=gettext_lazy("How it stands"), show=_state),
    ]  # fmt: skip


class DeskView(LoginRequiredMixin, TableView):
    table_class = EnquiryTable
    template_name = "feedback/desk.html"
    page_title = _TITLE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and not (may(user, Action.PUBLISH_MATERIALS) or moderates_any(user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_rows(self) -> Any:
        return Enquiry.objects.for_desk(self.request.user)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(_("Questions of learners"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_opinions = may(self.request.user, Action.PUBLISH_MATERIALS)
        return super().get_context_data(**kwargs) | {"has_opinions": has_opinions}


class OpinionTable(Table):
    caption = gettext_lazy("Did it help?")
    empty = Empty(
        gettext_lazy("Nobody has answered yet"), gettext_lazy("Beneath each lesson and material it is asked.")
    )
    columns = [
        Column(name="title", label=gettext_lazy("Page"), is_heading=True, order=["title"],
               link=lambda row: reverse("feedback:page_opinions", args=[row.pk])),
        Column(name="helped", label=gettext_lazy("It helped"), is_number=True),
        Column(name="not_helped", label=gettext_lazy("It did not"), is_number=True),
        Column(name="words", label=gettext_lazy("With a comment"), is_number=True),
    ]  # fmt: skip


class OpinionsView(AdmittedMixin, TableView):
    """In the order of the site: there is no best and no worst."""

    needs = Action.PUBLISH_MATERIALS
    table_class = OpinionTable
    page_title = gettext_lazy("Did it help?")
    lede = gettext_lazy("What learners answer beneath your lessons and materials. Names are not shown.")

    def get_rows(self) -> Any:
        return pages_with_opinions(self.user)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*_trail(), (_("Did it help?"), "")]


@private_page
def page_opinions(request: HttpRequest, page_id: int) -> HttpResponse:
    """What people wrote who said No, without their names; the newest first."""
    page = get_object_or_404(pages_of(user_of(request)), pk=page_id)
    words = Opinion.objects.filter(page=page).exclude(word="").order_by("-said_at", "pk")
    trail = [*_trail(), (_("Did it help?"), reverse("feedback:opinions")), (page.title, "")]
    found = Paginator(words, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "feedback/page_opinions.html", {"page": page, "page_obj": found, "breadcrumbs": trail})


@private_form
def enquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """One question, to be answered by who teaches the course and looked at by who moderates it."""
    user = user_of(request)
    found = Enquiry.objects.for_desk(user).select_related("enrolment__course").filter(pk=pk).first()
    if found is None:
        return _gone(request)
    may_answer = Enquiry.objects.answerable_by(user).filter(pk=pk).exists()
    if request.method == "POST" and not may_answer:
        raise Http404
    form = AnswerForm(found, request.POST or None) if may_answer else None
    if form is not None and request.method == "POST" and form.is_valid() and _answer(request, found, form):
        return redirect("feedback:desk")
    context = {
        "enquiry": found,
        "form": form,
        "editing_url": editing_url(found, user),
        "may_moderate": Enquiry.objects.moderated_by(user).filter(pk=pk).exists(),
        "breadcrumbs": [*_trail(), (_("One question"), "")],
    }
    return render(request, "feedback/enquiry.html", context)


@private_post
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    if not moderates_any(user):
        raise Http404
    found = Enquiry.objects.moderated_by(user).filter(pk=pk).first()
    is_kept, decided = request.POST.get("outcome") == "keep", _("There is nothing left to decide about it.")
    if found is None:
        messages.info(request, decided)
        return redirect("feedback:desk")
    with told_on_page(request, denied=decided):
        actions.moderate(enquiry=found, is_kept=is_kept, by=user, at=timezone.now())
        messages.success(request, _("It is shown again.") if is_kept else _("It is hidden. You find it here."))
    return redirect("feedback:desk")


def _answer(request: HttpRequest, found: Enquiry, form: AnswerForm) -> bool:
    said = form.cleaned_data
    with told_in_form(form):
        actions.answer(
            enquiry=found,
            text=said["text"],
            is_for_all=said["is_for_all"],
            seen=said["seen"],
            by=user_of(request),
            at=timezone.now(),
        )
        where_asked = _("Your answer is saved. The learner finds it where they asked.")
        among_own = _("Your answer is saved. The learner finds it among their own questions.")
        messages.success(request, where_asked if place_of(found) else among_own)
        return True
    form.look_at(found)
    return False


def _gone(request: HttpRequest) -> HttpResponse:
    """The asker took it back while an answer was typed, which is handed back."""
    if request.method != "POST" or not may(request.user, Action.PUBLISH_MATERIALS):
        raise Http404
    context = {"text": request.POST.get("text", ""), "breadcrumbs": [*_trail(), (_("One question"), "")]}
    return render(request, "feedback/gone.html", context, status=410)


def _trail() -> list[tuple[str, str]]:
    return [(_("Questions of learners"), reverse("feedback:desk"))]
