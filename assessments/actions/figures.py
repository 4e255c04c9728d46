"""Copying pictures and sounds for questions, once each."""

import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images.models import Filter
from wagtail.log_actions import log

from assessments.media import SOUNDS
from assessments.models import Figure
from membership.models import User
from membership.policy import Action, require

LARGEST_SOUND = 10 * 1024 * 1024
_WIDEST = "max-1200x1200"
_BEGINNINGS = {"mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), "ogg": (b"OggS",), "wav": (b"RIFF",)}


@transaction.atomic
def keep_picture(*, image: Any, by: User, at: datetime.datetime) -> Figure:
    """A copy of a Wagtail image, drawn anew so that nothing but the picture is in it. Idempotent."""
    require(by, Action.MANAGE_QUESTIONS)
    content = BytesIO()
    Filter(_WIDEST if image.is_svg() else f"{_WIDEST}|format-webp").run(image, content)
    return _keep(content.getvalue(), "svg" if image.is_svg() else "webp", by, at, image=image)


@transaction.atomic
def keep_sound(*, document: Any, by: User, at: datetime.datetime) -> Figure:
    """A copy of a Wagtail document that is a sound. Idempotent. Raises ValidationError, in words, if it is none."""
    require(by, Action.MANAGE_QUESTIONS)
    ending = document.filename.rpartition(".")[2].lower()
    if document.file.size > LARGEST_SOUND:
        raise ValidationError(_("The sound is larger than %(size)d MB.") % {"size": LARGEST_SOUND // 1024**2})
    with document.file.open("rb") as file:
        content = file.read()
    if ending not in SOUNDS or not _is_sound(ending, content):
        raise ValidationError(_("“%(name)s” is no sound: choose an mp3, ogg, m4a or wav.") % {"name": document.title})
    return _keep(content, ending, by, at, document=document)


def _is_sound(ending: str, content: bytes) -> bool:
    if ending == "m4a":
        return content[4:8] == b"ftyp"
    return content.startswith(_BEGINNINGS[ending])


def _keep(content: bytes, ending: str, by: User, at: datetime.datetime, **source: Any) -> Figure:
    name = f"{sha256(content).hexdigest()[:40]}.{ending}"
    figure, is_new = Figure.objects.get_or_create(name=name, defaults={"kept_at": at, **source})
    storage = storages["private"]
    if not storage.exists(figure.path):
        storage.save(figure.path, ContentFile(content))
    if is_new:
        log(instance=figure, action="assessments.keep_figure", user=by, title=name)
    return figure
