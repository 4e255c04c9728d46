"""Contents in versions: let in from a file."""

import datetime
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import User
from membership.policy import Action, require
from training_materials.actions.libraries import check_same
from training_materials.actions.storing import lay_down, lay_down_bundle, take_away
from training_materials.models import Library, Package, PackageVersion
from training_materials.packages.archive import Archive
from training_materials.packages.gate import FoundPackage, Report
from training_materials.packages.loading import load_order
from training_materials.packages.manifests import Wanted
from training_materials.packages.refusal import PackageRefusedError
from training_materials.packages.semantics import Cleaner


@transaction.atomic
def add_version(
    *,
    package: Package | None,
    archive: Archive,
    found: FoundPackage,
    report: Report,
    by: User,
    at: datetime.datetime,
) -> tuple[PackageVersion, list[str]]:
    """A new content, or the next version of ``package``; ``report`` learns what was cleaned away.

    Gives the version and the names of files laid down. Its libraries are installed. Raises PermissionDenied,
    PackageRefusedError.
    """
    require(by, Action.ADD_PACKAGES)
    libraries = _libraries(
        found.manifest.needs, {name: library.manifest.patch for name, library in found.libraries.items()}
    )
    _check_files(found, libraries)
    cleaner = Cleaner(lambda name: libraries[name].semantics if name in libraries else None, frozenset(found.media))
    params = cleaner.params(str(found.manifest.main), found.params)
    if strangers := cleaner.used - set(libraries):
        message = _("The content uses libraries that it does not declare: %(libraries)s")
        raise PackageRefusedError(message % {"libraries": ", ".join(sorted(strangers))[:200]})
    report.notes, report.dropped = cleaner.notes, cleaner.dropped
    version, laid = _write(
        package, found.manifest.title, found.manifest.language, str(found.manifest.main), libraries, params, by, at
    )
    version.media = {path: {"size": file.size, "sha256": file.sha256} for path, file in found.media.items()}
    version.save(update_fields=["media"])
    return version, laid + lay_down(archive, found.media, version.stored_under)


@transaction.atomic
def delete_package(*, package: Package, by: User, at: datetime.datetime) -> None:
    """The content and its files go; what learners did with it stays. Doing it again does nothing."""
    require(by, Action.ADD_PACKAGES)
    if package.created_by_id != by.pk:
        require(by, Action.INSTALL_LIBRARIES)
    names = [f"{version.stored_under}/{path}" for version in package.versions.all() for path in version.media]
    log(instance=package, action="training_materials.delete_package", user=by, title=str(package.pk), deleted=True)
    Package.objects.filter(pk=package.pk).delete()
    transaction.on_commit(partial(take_away, names))


def _write(
    package: Package | None, title: str, language: str, main: str, libraries: dict[str, Library],
    params: dict[str, Any], by: User, at: datetime.datetime,
) -> tuple[PackageVersion, list[str]]:  # fmt: skip
    if package is None:
        package = Package.objects.create(title=title, created_at=at, created_by=by)
    else:
        package = Package.objects.select_for_update().get(pk=package.pk)
        package.title = title
        package.save(update_fields=["title"])
    ordered = _in_load_order(libraries[main], libraries.values())
    bundle = sha256("\n".join(library.sha256 for library in ordered).encode()).hexdigest()
    latest = package.versions.order_by("-number").values_list("number", flat=True).first()
    version = PackageVersion.objects.create(
        package=package, number=(latest or 0) + 1, title=title, language=language, main=libraries[main], params=params,
        bundle=bundle, created_at=at, created_by=by,
    )  # fmt: skip
    version.libraries.set(ordered)
    log(instance=package, action="training_materials.add_version", user=by, title=str(version.pk),
        data={"number": version.number})  # fmt: skip
    return version, lay_down_bundle(bundle, ordered)


def _libraries(needs: Iterable[Wanted], patches: dict[str, int]) -> dict[str, Library]:
    """All that these need, by name: the patch that came with the content, else the newest that is installed."""
    newest = Library.objects.newest()
    order = load_order(needs, {name: library.parsed_needs for name, library in newest.items()})
    chosen = {}
    for name in order:
        library = newest[name]
        if name in patches and patches[name] != library.patch:
            library = Library.objects.get(
                machine_name=library.machine_name, major=library.major, minor=library.minor, patch=patches[name]
            )
        chosen[name] = library
    return chosen


def _check_files(found: FoundPackage, libraries: dict[str, Library]) -> None:
    """The package's own copies of its libraries must be what is installed."""
    for name, library in libraries.items():
        inside = found.libraries.get(name)
        if inside is not None:
            check_same(library, inside)


def _in_load_order(main: Library, libraries: Iterable[Library]) -> list[Library]:
    """What each library needs comes before it."""
    by_name = {library.name: library for library in libraries}
    needs = {name: library.parsed_needs for name, library in by_name.items()}
    roots = [main.wanted, *sorted(library.wanted for library in by_name.values())]
    return [by_name[name] for name in load_order(roots, needs)]
