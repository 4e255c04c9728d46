"""Packages come in: uploaded by trainers, read by the worker, their libraries installed by administrators."""

import datetime
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import IO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import User
from membership.policy import Action, may, require
from training_materials.actions.libraries import changed_sentence, install_libraries
from training_materials.actions.storing import take_away
from training_materials.actions.versions import add_version
from training_materials.models import Library, Package, PackageUpload
from training_materials.packages.archive import MOST_BYTES, Archive
from training_materials.packages.gate import FoundPackage, Progress, Report, missing_libraries, read_package, report_of
from training_materials.packages.refusal import PackageRefusedError
from training_materials.packages.storage import package_storage

State = PackageUpload.State
_IS_OPEN = (State.WAITING, State.ORDERED)


@transaction.atomic
def upload_package(
    *, name: str, content: IO[bytes], size: int, package: Package | None, by: User, at: datetime.datetime
) -> PackageUpload:
    """Keeps the file until the worker has read it. ``package`` is the content that it renews, None for a new one: one
    that they uploaded themselves, or any upload for who installs libraries.

    Raises PermissionDenied, ValidationError.
    """
    require(by, Action.ADD_PACKAGES)
    if package is not None and not Package.objects.renewable_by(by).filter(pk=package.pk).exists():
        raise PermissionDenied("training_materials.upload_package refused")
    if not 0 < size <= MOST_BYTES:
        message = _("The file is empty, or larger than %(size)d MB.")
        raise ValidationError(message % {"size": MOST_BYTES // 1024**2})
    upload = PackageUpload(name=name[-200:], size=size, package=package, created_at=at, created_by=by)
    upload.file = package_storage().save(f"packages/uploads/{upload.pk}.h5p", content)
    upload.save(force_insert=True)
    log(instance=upload, action="training_materials.upload_package", user=by, title=str(upload.pk))
    return upload


def read_upload(
    *, upload: PackageUpload, at: datetime.datetime, tell: Progress = lambda done, total: None
) -> PackageUpload:
    """What the worker does with a file that waits, or whose libraries an administrator ordered. Idempotent."""
    if upload.state not in _IS_OPEN:
        return upload
    require(upload.created_by, Action.ADD_PACKAGES)
    if upload.state == State.ORDERED and (upload.ordered_by is None):
        raise PermissionDenied("nobody ordered it")
    with package_storage().open(upload.file) as file:
        try:
            found = read_package(file, tell)
            return _judge(upload, file, found, at)
        except PackageRefusedError as refused:
            return _settle(upload, State.REFUSED, Report(problem=str(refused)), at)


@transaction.atomic
def order_libraries(*, upload: PackageUpload, by: User, at: datetime.datetime) -> PackageUpload:
    """An administrator lets the unknown libraries of an upload be installed. Idempotent. Raises PermissionDenied."""
    require(by, Action.INSTALL_LIBRARIES)
    upload = _locked(upload)
    if upload.state == State.UNKNOWN:
        upload.state, upload.ordered_by = State.ORDERED, by
        upload.save(update_fields=["state", "ordered_by"])
        log(instance=upload, action="training_materials.order_libraries", user=by, title=str(upload.pk),
            data={"libraries": upload.report.get("unknown", [])})  # fmt: skip
    return upload


@transaction.atomic
def resume_uploads(*, by: User, at: datetime.datetime) -> list[PackageUpload]:
    """Uploads that waited for libraries which are installed by now wait to be read again; gives them. Idempotent.

    Raises PermissionDenied.
    """
    require(by, Action.INSTALL_LIBRARIES)
    installed = {str(library) for library in Library.objects.defer("files", "semantics")}
    waiting = PackageUpload.objects.select_for_update(of=("self",)).filter(state=State.UNKNOWN)
    ready = [upload for upload in waiting if installed.issuperset(upload.report.get("unknown", ()))]
    for upload in ready:
        upload.state = State.WAITING
        upload.save(update_fields=["state"])
        log(instance=upload, action="training_materials.resume_upload", user=by, title=str(upload.pk))
    return ready


@transaction.atomic
def discard_upload(*, upload: PackageUpload, by: User, at: datetime.datetime) -> None:
    """Forgets an upload that is not being worked on; what it became stays. Doing it again does nothing."""
    if upload.created_by_id != by.pk and not may(by, Action.INSTALL_LIBRARIES):
        raise PermissionDenied("training_materials.discard_upload refused")
    standing = PackageUpload.objects.filter(pk=upload.pk).exclude(state__in=_IS_OPEN).first()
    if standing is None:
        return
    log(instance=standing, action="training_materials.discard_upload", user=by, title=str(standing.pk), deleted=True)
    name = standing.file
    standing.delete()
    if name:
        transaction.on_commit(partial(take_away, [name]))


def fail_upload(*, upload: PackageUpload, at: datetime.datetime) -> PackageUpload:
    """After a fault of the site: the file counts as refused, with words that say so."""
    problem = _("The file could not be read because of a fault of this site. Tell the administrators.")
    return _settle(upload, State.REFUSED, Report(problem=problem), at)


def _judge(upload: PackageUpload, file: IO[bytes], found: FoundPackage, at: datetime.datetime) -> PackageUpload:
    installed = Library.objects.newest()
    standing = Library.objects.filter(machine_name__in={one.manifest.name for one in found.libraries.values()})
    report = report_of(found, {str(library): library.likeness for library in standing})
    if missing := missing_libraries(found, {name: library.parsed_needs for name, library in installed.items()}):
        report.missing = missing
        return _settle(upload, State.INCOMPLETE, report, at)
    if report.changed:
        report.problem = changed_sentence(report.changed[0])
        return _settle(upload, State.REFUSED, report, at)
    if report.unknown and upload.state != State.ORDERED:
        return _settle(upload, State.UNKNOWN, report, at)
    return _take_in(upload, Archive(file), found, report, at)


def _take_in(
    upload: PackageUpload, archive: Archive, found: FoundPackage, report: Report, at: datetime.datetime
) -> PackageUpload:
    """Libraries, content and the state of the upload in one transaction; files of a failure do not stay. Of two that
    read the same upload, the second finds it settled: it becomes one content.
    """
    laid: list[str] = []
    try:
        with transaction.atomic():
            upload = _locked(upload)
            if upload.state not in _IS_OPEN:
                return upload
            by = upload.ordered_by
            if report.unknown and by is not None:
                installed = [
                    library for name, library in found.libraries.items() if str(library.manifest) in report.unknown
                ]
                laid += install_libraries(archive=archive, found=installed, by=by, at=at)
            version, names = add_version(
                package=upload.package, archive=archive, found=found, report=report, by=upload.created_by, at=at
            )
            laid += names
            upload.package = version.package
            return _settle(upload, State.ACCEPTED, report, at)
    except BaseException:
        with suppress(OSError):
            take_away(laid)
        raise


@transaction.atomic
def _settle(upload: PackageUpload, state: str, report: Report, at: datetime.datetime) -> PackageUpload:
    standing = _locked(upload)
    if standing.state not in _IS_OPEN:
        return standing
    standing.state, standing.report, standing.package = state, asdict(report), upload.package
    name = standing.file
    if state != State.UNKNOWN:
        standing.file = ""
        transaction.on_commit(partial(take_away, [name]))
    standing.save(update_fields=["state", "report", "package", "file"])
    log(instance=standing, action="training_materials.read_package", user=standing.created_by, title=str(standing.pk),
        data={"state": state})  # fmt: skip
    return standing


def _locked(upload: PackageUpload) -> PackageUpload:
    return PackageUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
