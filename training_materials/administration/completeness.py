"""What a course still lacks before learners get all of it: hints, nothing is refused."""

import json
from collections.abc import Collection

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from training_materials.models import CoursePage
from training_materials.registries import indicators


def hints_of(course: CoursePage) -> list[str]:
    """For the course as it is written last."""
    is_found = indicators.of(course) if course.live else course.topics.exists()
    lacking = (
        (course.cover_id or course.illustration, _("It has no cover: choose a picture or a drawing.")),
        (course.objectives, _("It does not say yet what one can do afterwards: write its objectives.")),
        (is_found, _("It serves no indicator: tick its topics, so that whoever looks for one finds it.")),
    )
    return [hint for is_there, hint in lacking if not is_there]


def without_captions(steps: Collection[Page]) -> set[int]:
    """Of these, the pages that hold a video without captions, as they are written last."""
    newest = Revision.objects.filter(pk__in=[step.latest_revision_id for step in steps])
    return {int(key) for key, content in newest.values_list("object_id", "content") if _is_mute(content.get("body"))}


def _is_mute(body: str | None) -> bool:
    blocks = json.loads(body or "[]")
    return any(block["type"] == "video" and not block["value"].get("captions") for block in blocks)
