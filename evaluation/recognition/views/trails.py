"""Where a page stands: the way to it, for its breadcrumbs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from evaluation.recognition.models import Decision

Trail = list[tuple[str, str]]


def trail_to_decisions() -> Trail:
    return [(_("Evaluation"), reverse("dossiers:queue")), (_("Decisions"), reverse("recognition:decisions"))]


def trail_to(decision: Decision) -> Trail:
    return [*trail_to_decisions(), (decision.number or _("List being drafted"), "")]
