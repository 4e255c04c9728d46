"""Work carried over time. May run twice without harm."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.images.models import Image

from training_materials import actions
from training_materials.models import PackageUpload
from training_materials.querysets.pages import (
    DRAWN_COVER,
    DRAWN_PORTRAIT,
    PHOTOGRAPHED_COVER,
    PHOTOGRAPHED_PORTRAIT,
)
from work.progress import tell
from work.queue import task


@task()
def read_upload(upload_id: str) -> None:
    """Takes an uploaded package through the gate, and in if nothing stands against it."""
    upload = (
        PackageUpload.objects.select_related("created_by", "ordered_by", "package").filter(pk=UUID(upload_id)).first()
    )
    if upload is None:
        return
    try:
        read = actions.read_upload(upload=upload, at=timezone.now(), tell=partial(tell, upload.progress_name))
    except Exception:
        actions.fail_upload(upload=upload, at=timezone.now())
        raise
    if read.state == PackageUpload.State.ACCEPTED and upload.ordered_by:
        for other in actions.resume_uploads(by=upload.ordered_by, at=timezone.now()):
            transaction.on_commit(partial(read_upload.enqueue, str(other.pk)))


@task()
def prepare_cover(image_id: int) -> None:
    """Has the sizes of a cover made when its page is published: the first visitor of a list would wait for all."""
    _prepare(image_id, DRAWN_COVER, PHOTOGRAPHED_COVER)


@task()
def prepare_portrait(image_id: int) -> None:
    """The same for the picture of who teaches."""
    _prepare(image_id, DRAWN_PORTRAIT, PHOTOGRAPHED_PORTRAIT)


def _prepare(image_id: int, drawn: tuple[str, ...], photographed: tuple[str, ...]) -> None:
    if image := Image.objects.filter(pk=image_id).first():
        image.get_renditions(*(drawn if image.is_svg() else photographed))
