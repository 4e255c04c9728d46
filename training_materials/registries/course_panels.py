"""What other apps put on a course page for someone who is signed in. Calls go down, this registry goes up.

An app above (learning.tracking) registers one function in its ``AppConfig.ready``; the course page calls each
for signed-in people only and never learns who they are. A panel is a plain mapping, all of it optional:

- ``template``: a template of the app above, included beneath the summary with the whole context at hand;
- ``action_url``, ``action_label``, ``action_method`` ("post" or "get"): the one button of the course;
- ``states``: how the person stands with each step, by the step's translation key: "done" or "current";
- ``step_url``: how a step's link in the outline reads, with ``{slug}`` in the place of the step's slug.
"""

from collections.abc import Callable
from typing import Literal, TypedDict
from uuid import UUID

from django.http import HttpRequest
from wagtail.models import Page


class Panel(TypedDict, total=False):
    template: str
    action_url: str
    action_label: str
    action_method: Literal["post", "get"]
    states: dict[UUID, str]
    step_url: str


CoursePanel = Callable[[HttpRequest, Page], Panel]

course_panels: list[CoursePanel] = []


def register(panel: CoursePanel) -> CoursePanel:
    """Adds the panel once, however often the app starts."""
    if panel not in course_panels:
        course_panels.append(panel)
    return panel


def collect(request: HttpRequest, course: Page) -> Panel:
    """All panels as one; without an account there is nothing to ask."""
    together: Panel = {}
    if request.user.is_authenticated:
        for panel in course_panels:
            together.update(panel(request, course))
    return together
