"""What goes along with a session: put there, and taken away."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.sessions.models import Material, Session
from membership.models import User
from membership.policy import Action, require

MOST = 30


@transaction.atomic
def add_material(
    *, session: Session, stage: str, title: str, link: str, by: User, at: datetime.datetime
) -> Material:  # fmt: skip
    """The same link twice is there once. Raises PermissionDenied; ValidationError where there are very many."""
    current = Session.objects.select_for_update(of=("self",)).select_related("unit").get(pk=session.pk)
    require(by, Action.ORGANISE, current.unit)
    if found := Material.objects.filter(session=current, stage=stage, link=link).first():
        return found
    if current.materials.count() >= MOST:
        raise ValidationError(_("There are %(most)s already. Take one away first.") % {"most": MOST})
    added = Material.objects.create(session=current, stage=stage, title=title, link=link)
    log(instance=current, action="sessions.add_material", user=by, title=str(current.pk), data={"link": link})
    return added


@transaction.atomic
def remove_material(*, material: Material, by: User, at: datetime.datetime) -> None:
    """Run twice it finds none."""
    session = material.session
    require(by, Action.ORGANISE, session.unit)
    if Material.objects.filter(pk=material.pk).delete()[0]:
        data = {"link": material.link}
        log(instance=session, action="sessions.remove_material", user=by, title=str(session.pk), data=data)
