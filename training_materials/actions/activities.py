"""Publishing an activity written here: its package gets the next version, through the same gate as every upload."""

import datetime
from hashlib import sha256
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from membership.models import User
from membership.policy import Action, require
from training_materials.actions.libraries import install_libraries
from training_materials.actions.storing import take_away
from training_materials.actions.versions import add_version
from training_materials.models import Package, PackageVersion
from training_materials.models.activities import OwnActivity
from training_materials.packages.archive import Archive
from training_materials.packages.gate import read_package, report_of


@transaction.atomic
def withdraw_activity(*, activity: OwnActivity, at: datetime.datetime) -> None:
    """Its package plays nowhere any more, since the activity is unpublished or deleted; what learners did stays.

    Part of unpublishing and deleting, which ask for the permission. Idempotent.
    """
    package = activity.package
    if package is not None and package.withdrawn_at is None:
        package.withdrawn_at = at
        package.save(update_fields=["withdrawn_at"])
        log(instance=package, action="training_materials.withdraw_package", title=str(package.pk))


def publish_activity(
    *, activity: OwnActivity, revision: Revision, by: User, at: datetime.datetime
) -> PackageVersion | None:
    """The revision goes live and becomes the next version of the activity's package; None if that would say nothing
    new. ``activity`` is the object of the revision.

    Raises PermissionDenied, ValidationError with all that is wrong with it, PackageRefusedError.
    """
    require(by, Action.ADD_PACKAGES)
    if problems := activity.written.problems():
        raise ValidationError(problems)
    laid: list[str] = []
    try:
        with transaction.atomic():
            latest = type(activity).objects.select_for_update(of=("self",)).get(pk=activity.pk)
            version, laid = _renew_package(activity, latest, by, at)
            _let_play(activity.package)
            revision.publish(user=by, skip_permission_checks=True)
            type(activity).objects.filter(pk=activity.pk).update(
                package=activity.package, packed_sha256=activity.packed_sha256
            )
            log(instance=activity, action="training_materials.publish_activity", user=by, title=str(activity.pk),
                data={"version": version.number if version else None})  # fmt: skip
            return version
    except BaseException:
        take_away(laid)
        raise


def _let_play(package: Package | None) -> None:
    if package is not None and package.withdrawn_at is not None:
        package.withdrawn_at = None
        package.save(update_fields=["withdrawn_at"])


def _renew_package(
    activity: OwnActivity, latest: OwnActivity, by: User, at: datetime.datetime
) -> tuple[PackageVersion | None, list[str]]:
    """The next version of the package and the names of files laid down; nothing where the file is the same."""
    packed = activity.written.packed(activity.title)
    digest = sha256(packed).hexdigest()
    activity.package, activity.packed_sha256 = latest.package, digest
    if latest.package and latest.packed_sha256 == digest:
        return None, []
    file = BytesIO(packed)
    archive, found = Archive(file), read_package(file)
    laid = install_libraries(archive=archive, found=list(found.libraries.values()), by=None, at=at)
    version, names = add_version(
        package=latest.package, archive=archive, found=found, report=report_of(found, {}), by=by, at=at
    )
    activity.package = version.package
    return version, laid + names
