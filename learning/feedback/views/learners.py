"""What learners do: ask, read, withdraw, agree to showing, report, say whether a page helped."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_ratelimit.decorators import ratelimit
from wagtail.models import Page

from interface.places import address
from interface.refusals import told_in_form, told_on_page
from learning.feedback import actions
from learning.feedback.forms import AskForm, WordForm
from learning.feedback.models import Enquiry
from learning.feedback.places import Place, open_places, place_at
from learning.feedback.querysets import EnquiryQuerySet
from learning.tracking.courses.state import state_of
from learning.tracking.models import Enrolment
from learning.tracking.registries.gates import closed_steps
from membership.admission import person_of, private_form, private_page, private_post, user_of
from training_materials.models import CoursePage, LessonPage, MaterialPage
from training_materials.querysets.pages import is_public

_PER_PAGE = 20
_HERE = "#o_hoi-dap"
_GONE = gettext_lazy("This question is no longer there.")
_TOLD = {
    Enquiry.Moderation.REPORTED: (
        messages.SUCCESS,
        gettext_lazy("Thank you. It is hidden until somebody has looked at it."),
    ),
    Enquiry.Moderation.KEPT: (
        messages.INFO,
        gettext_lazy("Somebody has looked at it already and decided that it stays."),
    ),
    Enquiry.Moderation.HIDDEN: (messages.INFO, gettext_lazy("Somebody has looked at it already and hidden it.")),
}


@private_form
@ratelimit(group="feedback.ask", key="user", rate="10/h", method="POST", block=False)
def place(request: HttpRequest, course_slug: str, step_slug: str = "") -> HttpResponse:
    """All that was asked there, and the form; what is refused keeps what was typed."""
    enrolment, here = _place(request, course_slug, step_slug)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _ask(request, form, enrolment, here):
        messages.success(request, _("Your question is with the course's trainers. You find the answer here."))
        return redirect(here.url + _HERE)
    above = [(here.course.title, reverse("tracking:course", args=[course_slug]))] if step_slug else []
    found = Paginator(Enquiry.objects.at(enrolment.person_id, here.key), _PER_PAGE)
    context = {
        "place": here,
        "form": form,
        "page_obj": found.get_page(request.GET.get("page")),
        "breadcrumbs": [*above, (here.title, here.url), (_("Questions to the teacher"), "")],
    }
    return render(request, "feedback/place.html", context)


@private_page
def own(request: HttpRequest) -> HttpResponse:
    """All that one asked, also where nothing can be opened any more."""
    asked = Enquiry.objects.of(person_of(request).pk).select_related("enrolment__course").order_by("-asked_at", "pk")
    found = Paginator(asked, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": found,
        "lines": list(zip(found, open_places(found), strict=True)),
        "breadcrumbs": [(_("My learning"), address("learning")), (_("My questions"), "")],
    }
    return render(request, "feedback/own.html", context)


@private_post
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    enquiry = _own(request, pk)
    if enquiry:
        with told_on_page(request):
            actions.withdraw(enquiry=enquiry, by=user_of(request), at=timezone.now())
            messages.success(request, _("Your question is taken back."))
    return _back(request, enquiry)


@private_post
def let_show(request: HttpRequest, pk: int) -> HttpResponse:
    enquiry, agrees = _own(request, pk), request.POST.get("agrees") == "yes"
    said = _("Others may read it now, without your name.") if agrees else _("Only you and the trainers read it now.")
    if enquiry:
        with told_on_page(request):
            actions.let_show(enquiry=enquiry, can_be_shown=agrees, by=user_of(request), at=timezone.now())
            messages.success(request, said)
    return _back(request, enquiry)


@private_post
@ratelimit(group="feedback.report", key="user", rate="10/h", block=False)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    enquiry = _found(request, Enquiry.objects.reportable_by(person_of(request).pk), pk)
    if enquiry is None:
        return redirect(address("learning"))
    if request.limited:  # type: ignore[attr-defined]
        messages.error(request, _("You have reported much within an hour. Please try again later."))
    else:
        with told_on_page(request, denied=str(_GONE)):
            messages.add_message(request, *_TOLD[actions.report(enquiry=enquiry, by=user, at=timezone.now())])
    return _back(request, enquiry)


@private_form
@ratelimit(group="feedback.helpful", key="user", rate="60/h", method="POST", block=False)
def helpful(request: HttpRequest, page_id: int) -> HttpResponse:
    """Yes or No by a press; after No there is a line for what was missing. Opened by itself it asks the same."""
    person, user = person_of(request), user_of(request)
    page = get_object_or_404(Page.objects.live(), pk=page_id).specific
    back = _address_of(page, person.pk, request)
    form = WordForm(request.POST if "word" in request.POST else None)
    answer = request.POST.get("answer")
    if answer in ("yes", "no") and request.limited:  # type: ignore[attr-defined]
        form.is_valid()
        messages.error(request, _("You have answered very often within an hour. Please try again later."))
    elif answer in ("yes", "no") and (not form.is_bound or form.is_valid()):
        word = form.cleaned_data["word"] if form.is_bound else None
        actions.say(person=person, page=page, is_helpful=answer == "yes", word=word, by=user, at=timezone.now())
        messages.success(request, _("Thank you, it is noted."))
        return redirect(f"{back}#o_giup-ich")
    context = {"page": page, "form": form, "breadcrumbs": [(page.title, back), (_("Did this part help?"), "")]}
    return render(request, "feedback/helpful.html", context)


def _ask(request: HttpRequest, form: AskForm, enrolment: Enrolment, here: Place) -> bool:
    with told_in_form(form):
        if request.limited:  # type: ignore[attr-defined]
            raise ValidationError(_("You have asked much within an hour. What you typed stays here: send it later."))
        actions.ask(
            enrolment=enrolment,
            page=(here.key, here.title),
            **form.cleaned_data,
            by=user_of(request),
            at=timezone.now(),
        )
    return not form.errors


def _place(request: HttpRequest, course_slug: str, step_slug: str) -> tuple[Enrolment, Place]:
    """A course that the visitor takes, or a step of it that is open to them; else 404."""
    course = get_object_or_404(CoursePage.objects.live().defer(*CoursePage.searched_columns), slug=course_slug)
    enrolment = Enrolment.objects.for_player(person_of(request).pk, course)
    here = place_at(course, step_slug)
    if enrolment is None or here is None or here.key in closed_steps(state_of(enrolment, course)):
        raise Http404
    return enrolment, here


def _own(request: HttpRequest, pk: int) -> Enquiry | None:
    return _found(request, Enquiry.objects.of(person_of(request).pk), pk)


def _found(request: HttpRequest, among: EnquiryQuerySet[Enquiry], pk: int) -> Enquiry | None:
    """None, and told so, where it is not among them: as a rule a button was pressed twice, and the first press took it
    away."""
    enquiry = among.select_related("enrolment__course").filter(pk=pk).first()
    if enquiry is None:
        messages.info(request, _GONE)
    return enquiry


def _back(request: HttpRequest, enquiry: Enquiry | None) -> HttpResponse:
    """To where it was asked, or, from there and where that is closed, to all that one asked."""
    here = None if enquiry is None or "all" in request.POST else open_places([enquiry])[0]
    return redirect(here.url + _HERE if here else "feedback:own")


def _address_of(page: Page, person_id: int, request: HttpRequest) -> str:
    """Of a material, or of a lesson which the person may read; else 404."""
    if isinstance(page, MaterialPage) and is_public(page):
        return page.get_url(request) or ""
    if isinstance(page, LessonPage) and page.course.live and is_public(page):
        key = page.course.translation_key
        if page.is_open or Enrolment.objects.filter(person_id=person_id, course_key=key).exists():
            return address("step", page.course.slug, page.slug)
    raise Http404
