"""Copying pictures and sounds for questions, once each."""

import datetime
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.models import Filter
from wagtail.log_actions import log

from assessments.bank.media import SOUNDS, digest, is_sound
from assessments.models import Figure
from learning.evidence.files import InfectedError, ScannerDownError, scan
from membership.models import User
from membership.policy import Action, require
from training_materials.files import problem_of, problem_of_drawing, problem_of_picture

LARGEST_SOUND = 10 * 1024 * 1024
_WIDEST = "max-1200x1200"


@transaction.atomic
def keep_picture(*, image: Any, by: User, at: datetime.datetime) -> Figure:
    """A copy of a Wagtail image, drawn anew so that nothing but the picture is in it. Idempotent."""
    require(by, Action.MANAGE_QUESTIONS)
    with image.file.open("rb") as file:
        source = digest(file.read())
    return _known(source, at, image=image) or _keep(*_drawn(image), source, by, at, image=image)


@transaction.atomic
def keep_sound(*, document: Any, by: User, at: datetime.datetime) -> Figure:
    """A copy of a Wagtail document that is a sound. Idempotent. Raises ValidationError, in words, if it is none."""
    require(by, Action.MANAGE_QUESTIONS)
    ending = _ending(document.filename)
    if document.file.size > LARGEST_SOUND:
        raise _too_large()
    with document.file.open("rb") as file:
        content = file.read()
    _demand_sound(document.title, ending, content)
    return _keep(content, ending, digest(content), by, at, document=document)


@transaction.atomic
def keep_file(*, name: str, content: bytes, by: User, at: datetime.datetime) -> Figure:
    """A picture or sound that came within a file of questions, through the gate of all uploads. Idempotent.

    Raises ValidationError, in words, if it is neither, too large, infected or made to do harm.
    """
    require(by, Action.MANAGE_QUESTIONS)
    ending, source = _ending(name), digest(content)
    if known := _known(source, at):
        return known
    _demand_clean(name, content)
    if ending not in SOUNDS:
        return _keep(*_drawn(_checked_image(name, content)), source, by, at)
    if len(content) > LARGEST_SOUND:
        raise _too_large()
    _demand_sound(name, ending, content)
    return _keep(content, ending, source, by, at)


@transaction.atomic
def put_into_library(*, titles: Mapping[str, str], by: User, at: datetime.datetime) -> None:
    """Makes images and documents of copies that have none, so that the form of their question shows them.

    ``titles``: by the names of the copies. Idempotent.
    """
    require(by, Action.MANAGE_QUESTIONS)
    for figure in Figure.objects.filter(name__in=titles, image=None, document=None):
        with storages["private"].open(figure.path) as file:
            made = {"title": titles[figure.name][:255], "file": ContentFile(file.read(), figure.name)}
        if is_sound(figure.name):
            figure.document = get_document_model().objects.create(uploaded_by_user=by, **made)
        else:
            figure.image = get_image_model().objects.create(uploaded_by_user=by, **made)
        figure.save(update_fields=["image", "document"])


def _known(source: str, at: datetime.datetime, image: Any = None) -> Figure | None:
    """A copy of just this file, or the copy itself that comes back; young again, so that no sweep takes it."""
    known = Figure.objects.filter(Q(drawn_from=source) | Q(name__startswith=f"{source}.")).first()
    if known is None or not storages["private"].exists(known.path):
        return None
    known.image, known.kept_at = known.image or image, at
    is_there = Figure.objects.filter(pk=known.pk).update(image=known.image, kept_at=at)
    return known if is_there else None


def _drawn(image: Any) -> tuple[bytes, str]:
    content = BytesIO()
    Filter(_WIDEST if image.is_svg() else f"{_WIDEST}|format-webp").run(image, content)
    return content.getvalue(), "svg" if image.is_svg() else "webp"


def _checked_image(name: str, content: bytes) -> Any:
    """An image that is stored nowhere, looked at as Wagtail looks at uploads."""
    file = SimpleUploadedFile(name, content)
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise _too_large()
    field = WagtailImageField()
    is_drawing = _ending(name) == "svg"
    problem = problem_of_drawing(file) if is_drawing else problem_of_picture(file, field.max_image_pixels)
    if problem:
        raise ValidationError(f"“{name}”: {problem}")
    try:
        checked = field.clean(file)
    except ValidationError as wrong:
        raise ValidationError(f"“{name}”: {wrong.messages[0]}") from wrong
    return get_image_model()(title=name, file=checked)


def _demand_clean(name: str, content: bytes) -> None:
    try:
        scan([content])
    except InfectedError as infected:
        raise ValidationError(_("The scanner found something harmful in “%(name)s”.") % {"name": name}) from infected
    except ScannerDownError as down:
        raise ValidationError(_("The scanner for uploads does not answer. Import the file again later.")) from down


def _demand_sound(title: str, ending: str, content: bytes) -> None:
    if ending not in SOUNDS or problem_of(BytesIO(content), ending):
        raise ValidationError(_("“%(name)s” is no sound: choose an mp3, ogg, m4a or wav.") % {"name": title})


def _too_large() -> ValidationError:
    return ValidationError(_("The picture or sound is larger than %(size)d MB.") % {"size": LARGEST_SOUND // 1024**2})


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _keep(content: bytes, ending: str, source: str, by: User, at: datetime.datetime, **library: Any) -> Figure:
    name = f"{digest(content)}.{ending}"
    settled = {"kept_at": at, "drawn_from": source, **library}
    figure, is_new = Figure.objects.update_or_create(name=name, defaults={"kept_at": at}, create_defaults=settled)
    storage = storages["private"]
    if is_new or not storage.exists(figure.path):
        storage.delete(figure.path)
        storage.save(figure.path, ContentFile(content))
    if is_new:
        log(instance=figure, action="assessments.keep_figure", user=by, title=name)
    return figure
