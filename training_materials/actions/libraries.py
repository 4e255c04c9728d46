"""Libraries are programs: administrators install them, and what is installed never changes."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import User
from membership.policy import Action, require
from training_materials.actions.storing import lay_down
from training_materials.models import Library
from training_materials.packages.archive import Archive
from training_materials.packages.gate import FoundLibrary
from training_materials.packages.refusal import PackageRefusedError


@transaction.atomic
def install_libraries(
    *, archive: Archive, found: list[FoundLibrary], by: User | None, at: datetime.datetime
) -> list[str]:
    """Installs each; one that stands with the same files stays as it is. Gives the names of files laid down.

    ``by`` None is the site itself, which brings its own content types. Raises PermissionDenied, and
    PackageRefusedError where a version stands with other content.
    """
    if by is not None:
        require(by, Action.INSTALL_LIBRARIES)
    laid: list[str] = []
    for library in found:
        standing = _standing(library)
        if standing is not None:
            check_same(standing, library)
            continue
        row = Library.objects.create(**_columns(library), installed_at=at, installed_by=by)
        laid += lay_down(archive, library.files, row.stored_under)
        log(instance=row, action="training_materials.install_library", user=by, title=str(row),
            data={"sha256": row.sha256})  # fmt: skip
    return laid


def check_same(standing: Library, found: FoundLibrary) -> None:
    """Raises PackageRefusedError where the package's files differ from those installed under the same version."""
    if standing.sha256 != found.sha256 and standing.likeness != found.likeness:
        raise PackageRefusedError(changed_sentence(str(found.manifest)))


def changed_sentence(library: str) -> str:
    message = _("%(library)s is installed with other files; a version never changes. Ask who made the package.")
    return message % {"library": library}


def _standing(library: FoundLibrary) -> Library | None:
    manifest = library.manifest
    return Library.objects.filter(
        machine_name=manifest.name, major=manifest.major, minor=manifest.minor, patch=manifest.patch
    ).first()


def _columns(library: FoundLibrary) -> dict[str, object]:
    manifest = library.manifest
    return {
        "machine_name": manifest.name,
        "major": manifest.major,
        "minor": manifest.minor,
        "patch": manifest.patch,
        "title": manifest.title,
        "is_runnable": manifest.is_runnable,
        "sha256": library.sha256,
        "files": {path: {"size": file.size, "sha256": file.sha256} for path, file in library.files.items()},
        "scripts": list(manifest.scripts),
        "styles": list(manifest.styles),
        "needs": [str(need) for need in manifest.needs],
        "semantics": library.semantics,
    }
