"""Where one is, on each page of the dossiers."""

from django.urls import reverse
from django.utils.translation import gettext as _

from evaluation.dossiers.models import Dossier

Trail = list[tuple[str, str]]


def own_trail(year: int | None = None, last: str = "") -> Trail:
    trail = [(_("My dossiers"), reverse("dossiers:mine") if year else "")]
    if year:
        trail.append((str(year), reverse("dossiers:self_assessment", args=[year]) if last else ""))
    return [*trail, (last, "")] if last else trail


def assist_trail(dossier: Dossier | None = None, last: str = "") -> Trail:
    trail = office_trail(_("Assisted dossiers"), "dossiers:assist" if dossier else "")
    if dossier:
        trail.append((dossier.person.full_name, reverse("dossiers:assist_write", args=[dossier.pk]) if last else ""))
    return [*trail, (last, "")] if last else trail


def office_trail(name: str, address: str = "", last: str = "") -> Trail:
    """Below the queue; ``address`` is the view's name where there is a page below it, ``last``."""
    trail = [(_("Evaluation"), reverse("dossiers:queue")), (name, reverse(address) if address else "")]
    return [*trail, (last, "")] if last else trail


def review_trail(dossier: Dossier | None = None) -> Trail:
    trail = [(_("Evaluation"), reverse("dossiers:queue") if dossier else "")]
    return [*trail, (dossier.person.full_name, "")] if dossier else trail
