"""What every action on a list asks first."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from evaluation.dossiers.models import Dossier
from evaluation.recognition.models import Decision
from evaluation.recognition.readiness import problems
from membership.models import Unit, User


def locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(of=("self",)).select_related("unit").get(pk=decision.pk)


def refuse_empty(dossiers: list[Dossier]) -> None:
    if not dossiers:
        raise ValidationError(_("Choose at least one dossier."))


def refuse_problems(dossiers: list[Dossier], unit: Unit, year: int, by: User) -> None:
    found = problems(dossiers, unit=unit, year=year, by=by)
    if found:
        raise ValidationError(
            [f"{dossier.person.full_name}: {found[dossier.pk]}" for dossier in dossiers if dossier.pk in found]
        )
