"""Steps that nobody can finish as they stand: an activity whose content is gone or not published, or one that demands a
score which this site cannot recompute from its content. A content that never says it was played to the end blocks
nobody: there the learner says so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from learning.tracking.models import ActivityPage
from training_materials.models import PackageVersion
from training_materials.outlines.outline import Outline
from training_materials.packages.scoring import Finish


class Block(TextChoices):
    GONE = "gone", _("Its content is gone or not published: publish it again, or choose another one.")
    NO_SCORE = "no_score", _("It demands a score, but its content reports none: let playing it to the end finish it.")


def blocked_in(outline: Outline) -> dict[UUID, Block]:
    """Of the steps that finish the course, those that nobody can finish, by key. At most two queries."""
    kind = ActivityPage._meta.label
    pages = [step.page_id for step in outline.needed if step.kind.lower() == kind.lower()]
    if not pages:
        return {}
    playing = PackageVersion.objects.filter(package=OuterRef("package"), package__withdrawn_at=None)
    newest = Subquery(playing.order_by("-number").values("pk")[:1])
    activities: list[Any] = list(
        ActivityPage.objects.filter(pk__in=pages)
        .annotate(newest=newest)
        .values_list("translation_key", "newest", "completion")
    )
    demanded = [pk for _key, pk, completion in activities if pk and completion == ActivityPage.Completion.PASSED]
    versions = PackageVersion.objects.defer("media").select_related("main").in_bulk(demanded) if demanded else {}
    found = {key: Block.NO_SCORE for key, pk, _how in activities if pk in versions and _is_silent(versions[pk])}
    return found | {key: Block.GONE for key, pk, _how in activities if pk is None}


def _is_silent(version: PackageVersion) -> bool:
    return version.finish != Finish.SCORE
