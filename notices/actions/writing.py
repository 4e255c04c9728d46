"""An office writes to a group of its people."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import Unit, User
from membership.policy import Action, may, require
from membership.registries.groups import Chosen, taught_in, written_to
from notices.actions.telling import Told, tell
from notices.models import Circular
from notices.notices import LETTER

MOST_PEOPLE = 5000
MOST_A_DAY = 5  # of one unit
MOST_OF_A_TEACHER = 2  # of those, where somebody without an office writes to a class


@transaction.atomic
def write_to(
    *, token: uuid.UUID, unit: Unit, group: Chosen, subject: str, text: str, by: User, at: datetime.datetime
) -> Circular:
    """To whoever of the unit is of the group today, or turned to it from elsewhere, and has not asked that nothing be
    written about them. Who teaches that very group writes to it without an office.

    Raises PermissionDenied; ValidationError where that is nobody, not to be seen, or too many, the unit wrote enough
    today, or what was sent under that token said something else.
    """
    if taught_in(by, group.group) != unit:
        require(by, Action.ORGANISE, unit)
    day = timezone.localdate(at)
    Unit.objects.select_for_update().get(pk=unit.pk)  # two at a time count one after the other
    if known := Circular.objects.filter(token=token).first():
        said_then = (known.sent_by, known.unit, known.group_name, known.subject, known.text)
        if said_then != (by, unit, group.name, subject, text):
            raise ValidationError(_("This letter has gone out already. Begin a new one for what you changed."))
        return known
    people = list(written_to(group.group, unit, day, by=by).values_list("pk", flat=True))
    demand_measure(len(people), unit, at, by)
    circular = Circular.objects.create(
        token=token, unit=unit, group_name=group.name, subject=subject, text=text, count=len(people), sent_by=by,
        sent_at=at,
    )  # fmt: skip
    said = {"unit": unit.name, "subject": subject}
    told = [Told(person_id=person, key=str(circular.pk), values=said, circular_id=circular.pk) for person in people]
    tell(kind=LETTER, told=told, at=at)
    data = {"unit": unit.pk, "people": len(people)}
    log(instance=circular, action="notices.write", user=by, title=group.name, data=data, timestamp=at)
    return circular


def demand_measure(people: int, unit: Unit, at: datetime.datetime, by: User) -> None:
    """Raises ValidationError where nobody would get the letter, or too many, or the unit, or who teaches in its name
    without an office, wrote enough today."""
    if not people:
        raise ValidationError(_("Nobody of this unit is in that group. Choose another one, or a wider unit."))
    if people > MOST_PEOPLE:
        told = _("That is more than %(most)s people. Write to them unit by unit.")
        raise ValidationError(told % {"most": f"{MOST_PEOPLE:,}".replace(",", ".")})
    written = Circular.objects.of_day(unit, timezone.localdate(at))
    if not may(by, Action.ORGANISE, unit) and written.filter(sent_by=by).count() >= MOST_OF_A_TEACHER:
        told = _("You have written %(most)d letters to classes of this unit today. Write the next one tomorrow.")
        raise ValidationError(told % {"most": MOST_OF_A_TEACHER})
    if written.count() >= MOST_A_DAY:
        told = _("This unit has written %(most)d letters today. More would not be read: write the next one tomorrow.")
        raise ValidationError(told % {"most": MOST_A_DAY})
