"""What progress keeps of a step: its page may go."""

from typing import NamedTuple
from uuid import UUID

from wagtail.models import Page

from training_materials.outlines.outline import Step


class StepCopy(NamedTuple):
    page_id: int
    key: UUID
    title: str
    revision: int | None


def copied(step: Page | Step) -> StepCopy:
    """Of its page, or of its place in the course's outline, which costs no query."""
    if isinstance(step, Page):
        return StepCopy(step.pk, step.translation_key, step.title, step.live_revision_id)
    return StepCopy(step.page_id, step.key, step.title, step.revision)
