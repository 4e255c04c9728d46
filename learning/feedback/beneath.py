"""What stands beneath a page: whether it helped, what was asked there and a form to ask. A query for each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from learning.feedback.forms import AskForm, WordForm
from learning.feedback.models import Enquiry, Opinion
from learning.feedback.places import Place
from learning.tracking.models import Enrolment
from membership.models import User
from training_materials.models import LessonPage, MaterialPage
from training_materials.querysets.pages import is_public
from training_materials.registries.beneath import Part, register

_MOST = 5


def connect() -> None:
    register(opinion)
    register(enquiries)


def opinion(request: HttpRequest, page: Page, enrolment: Any) -> Part | None:
    """Asked at lessons and materials, of people with a record: an account without one, or no account, is not counted,
    since one person could then answer as often as they like.
    """
    person_id = _person_id(request)
    if person_id is None or not isinstance(page, LessonPage | MaterialPage) or not is_public(page):
        return None
    said = Opinion.objects.filter(person_id=person_id, page_id=page.pk).first()
    asks_why = said is not None and not said.is_helpful
    form = WordForm.of(said) if said and asks_why else None
    return Part("feedback/includes/opinion.html", {"page": page, "said": said, "form": form})


def enquiries(request: HttpRequest, page: Page, enrolment: Enrolment | None) -> Part | None:
    """For who takes the course: one's own questions and those that are shown, the newest of each."""
    if enrolment is None or enrolment.course is None or not enrolment.course.live:
        return None
    course = enrolment.course
    place = Place(course, page.translation_key, page.title, "" if page.pk == course.pk else page.slug)
    found = list(Enquiry.objects.beneath(enrolment.person_id, place.key, _MOST + 1))
    own = [one for one in found if one.is_own]  # type: ignore[attr-defined] # annotated there
    others = [one for one in found if one not in own]
    shown = {
        "own": own[:_MOST],
        "others": others[:_MOST],
        "has_more": max(len(own), len(others)) > _MOST,
        "place": place,
        "form": AskForm(auto_id="ask_%s"),
    }
    return Part("feedback/includes/enquiries.html", shown)


def _person_id(request: HttpRequest) -> int | None:
    return request.user.person_id if isinstance(request.user, User) else None
