"""What goes along with a session: put there, and taken away."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.evidence.actions.keeping import drop_file, keeping_files, sweep
from learning.evidence.files import Upload
from learning.sessions.models import Material, Session
from membership.models import User
from membership.policy import Action, require

MOST = 30
_FOLDER = "sessions"


def add_material(
    *, session: Session, stage: str, title: str, link: str = "", upload: Upload | None = None, by: User,
    at: datetime.datetime,
) -> Material:  # fmt: skip
    """A link or a file. The same twice is there once. Raises PermissionDenied; ValidationError where there are very
    many."""
    with keeping_files() as keep:
        current = Session.objects.select_for_update(of=("self",)).select_related("unit").get(pk=session.pk)
        require(by, Action.ORGANISE, current.unit)
        same = {"session": current, "stage": stage, "link": link, "sha256": upload.sha256 if upload else ""}
        if found := Material.objects.filter(**same).first():
            return found
        if current.materials.count() >= MOST:
            raise ValidationError(_("There are %(most)s already. Take one away first.") % {"most": MOST})
        added = Material(title=title, **same)
        if upload:
            added.file.name = keep(upload, _FOLDER, at)
            added.content_type, added.size, added.is_scanned = upload.content_type, upload.size, upload.is_scanned
        added.save(force_insert=True)
        log(instance=current, action="sessions.add_material", user=by, title=str(current.pk), data=_said(added))
        return added


@transaction.atomic
def remove_material(*, material: Material, by: User, at: datetime.datetime) -> None:
    """A file is deleted with it. Run twice it finds none."""
    session = material.session
    require(by, Action.ORGANISE, session.unit)
    if Material.objects.filter(pk=material.pk).delete()[0]:
        log(instance=session, action="sessions.remove_material", user=by, title=str(session.pk), data=_said(material))
        if material.file.name:
            drop_file(material.file.name)


def sweep_materials(*, at: datetime.datetime) -> int:
    """Deletes stored files older than a day that no material names; gives how many. Run twice it finds none."""
    return sweep(_FOLDER, Material.objects.all(), at)


def _said(material: Material) -> dict[str, str]:
    """What the log keeps of it: of a file its digest, by which it can be told again."""
    return {"stage": material.stage} | ({"sha256": material.sha256} if material.file else {"link": material.link})
