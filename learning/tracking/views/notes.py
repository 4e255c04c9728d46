"""A learner's own notes: written at a lesson, changed there or on the page of all. Whose they are not, they are not
there for: 404."""

from contextlib import suppress
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_ratelimit.decorators import ratelimit

from learning.tracking import actions
from learning.tracking.courses.notes import own_notes
from learning.tracking.courses.pages import step_context
from learning.tracking.forms import NoteForm, WordsForm
from learning.tracking.models import Enrolment, Note
from learning.tracking.views.courses import place_of
from membership.admission import private_page, private_post, user_of
from training_materials.blocks.bodies import parts
from training_materials.models import CoursePage, LessonPage
from training_materials.outlines.outline import Step

PLACE = "#o_ghi-chu"


@private_page
def own(request: HttpRequest) -> HttpResponse:
    return _all(request, request.GET.get("page"))


@private_post
@ratelimit(group="tracking.note", key="user", rate="120/h", block=False)
def write(request: HttpRequest, course_slug: str, step_slug: str) -> HttpResponse:
    enrolment, state, found = place_of(request, course_slug, step_slug)
    lesson = get_object_or_404(LessonPage, pk=found.page_id)
    form = NoteForm(parts(lesson.body), request.POST)
    if not (form.is_valid() and _write(request, form, enrolment, found)):
        course = get_object_or_404(CoursePage, slug=course_slug)
        context = step_context(request, course, state, found) | {"note_form": form}
        return render(request, "tracking/step.html", context)
    messages.success(request, _("Kept with this lesson. Only you see it."))
    return redirect(reverse("tracking:step", args=[course_slug, step_slug]) + PLACE)


@private_post
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Words it anew, or lets it go."""
    notes = Note.objects.of(user_of(request)).select_related("enrolment__course", "step")
    note = get_object_or_404(notes, pk=key)
    if "drop" in request.POST:
        actions.drop_note(note=note)
        messages.success(request, _("The note is gone."))
        return redirect(_back(request, note))
    form = WordsForm(note, request.POST)
    if not form.is_valid():
        return _refused(request, form)
    actions.reword_note(note=note, text=form.cleaned_data["text"], at=timezone.now())
    messages.success(request, _("Kept with this lesson. Only you see it."))
    return redirect(_back(request, note))


def _write(request: HttpRequest, form: NoteForm, enrolment: Enrolment, found: Step) -> bool:
    """Whether it is kept; what was refused stands in the form."""
    said = form.cleaned_data
    noted = actions.Noted(form.chosen_part, " ".join(said["passage"].split()), said["text"])
    try:
        if request.limited:  # type: ignore[attr-defined]
            raise ValidationError(_("You have kept very much within an hour. What you typed stays: keep it later."))
        if not actions.write_note(enrolment=enrolment, step=found, key=said["key"], noted=noted, at=timezone.now()):
            raise Http404
    except ValidationError as refused:
        form.add_error("text", refused)
    return not form.errors


def _all(request: HttpRequest, number: str | None, refused: WordsForm | None = None) -> HttpResponse:
    courses, page = own_notes(user_of(request), number)
    context = {
        "courses": courses,
        "page_obj": page,
        "refused": refused,
        "breadcrumbs": [(_("My learning"), reverse("tracking:today")), (_("My notes and marks"), "")],
    }
    return render(request, "tracking/own_notes.html", context)


def _refused(request: HttpRequest, form: WordsForm) -> HttpResponse:
    """The page where it was changed, with what was typed."""
    course, step = form.note.enrolment.course, form.note.step
    if "all" not in request.POST and course and step:
        with suppress(Http404):
            _enrolment, state, found = place_of(request, course.slug, step.slug)
            context = step_context(request, course, state, found) | {"refused": form}
            return render(request, "tracking/step.html", context)
    return _all(request, request.POST.get("all"), form)


def _back(request: HttpRequest, note: Note) -> str:
    """To the page where it was changed: the lesson, or all notes."""
    course, step = note.enrolment.course, note.step
    if "all" in request.POST or course is None or step is None:
        number = request.POST.get("all", "1")
        return reverse("tracking:notes") + (f"?{urlencode({'page': number})}" if number != "1" else "")
    return reverse("tracking:step", args=[course.slug, step.slug]) + PLACE
