"""The gate: reads an .h5p file and says what is in it, for trainers too, or refuses it. Keeps nothing and unpacks
nothing to disk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from django.utils.translation import gettext as _

from training_materials.packages.archive import Archive
from training_materials.packages.manifests import (
    ContentManifest,
    LibraryManifest,
    Wanted,
    content_manifest,
    library_manifest,
    likeness,
    parse,
)
from training_materials.packages.names import HEAD_LENGTH, ending_of, fits_head, is_left_out, is_text, type_of
from training_materials.packages.refusal import PackageRefusedError
from training_materials.packages.semantics import are_semantics

LARGEST_JSON = 8 * 1024 * 1024
# They record or film who plays, which no content may do here (see the frame's policy), and do nothing without.
_LISTENING = frozenset({"H5P.AudioRecorder", "H5P.SpeakTheWords", "H5P.SpeakTheWordsSet", "H5P.ARScavenger"})
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class FoundFile:
    """A file that passed: its place in the archive, its size in bytes, its SHA-256."""

    source: str
    size: int
    sha256: str


@dataclass(frozen=True)
class FoundLibrary:
    """A library of the package; ``files`` by their path inside it. ``sha256`` stands for all of them."""

    manifest: LibraryManifest
    semantics: list[Any] | None
    files: dict[str, FoundFile]
    sha256: str

    @property
    def likeness(self) -> str:
        """What an installed copy must share to be the same library."""
        described = self.manifest
        return likeness(
            {path: file.sha256 for path, file in self.files.items()},
            scripts=described.scripts, styles=described.styles, needs=described.needs, semantics=self.semantics,
        )  # fmt: skip


@dataclass(frozen=True)
class FoundPackage:
    manifest: ContentManifest
    params: dict[str, Any]
    media: dict[str, FoundFile]
    libraries: dict[str, FoundLibrary]
    left_out: tuple[str, ...]


def read_package(file: IO[bytes], tell: Progress = lambda done, total: None) -> FoundPackage:
    """Reads every file once. ``tell`` hears how many bytes of how many are done. Raises PackageRefusedError."""
    archive = Archive(file)
    if folder := _folder_around(archive):
        message = _(
            "The package lies in a folder, “%(folder)s”. Pack what is in that folder, without the folder itself."
        )
        raise PackageRefusedError(message % {"folder": folder[:80]})
    _require_content(archive)
    manifest = content_manifest(parse(_small(archive, "h5p.json"), "h5p.json"))
    _refuse_listening(manifest)
    params = parse(_small(archive, "content/content.json"), "content/content.json")
    if not isinstance(params, dict):
        raise PackageRefusedError(_("%(source)s is not built as H5P says.") % {"source": "content/content.json"})
    reader = _Reader(archive, tell)
    media = reader.files("content/", is_library=False)
    media.pop("content.json")
    folders = sorted({name.split("/")[0] for name in archive.sizes if name.endswith("/library.json")} - {"content"})
    found = [_library(archive, reader, folder) for folder in folders if f"{folder}/library.json" in archive]
    libraries = {str(library.manifest.wanted): library for library in found}
    if len(libraries) != len(found):
        raise PackageRefusedError(_("The package holds two patches of the same library version."))
    return FoundPackage(manifest, params, media, libraries, tuple(reader.left_out))


def library_digest(files: dict[str, FoundFile]) -> str:
    """What stands for all files of a library: the same files, the same digest."""
    lines = (f"{found.sha256} {path}\n" for path, found in sorted(files.items()))
    return sha256("".join(lines).encode()).hexdigest()


@dataclass
class Report:
    """``unknown``, ``known`` and ``missing`` name libraries; ``notes`` are whole sentences."""

    problem: str = ""
    title: str = ""
    main: str = ""
    media: int = 0
    bytes: int = 0
    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    scripts: dict[str, int] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    left_out: int = 0
    dropped: int = 0
    notes: list[str] = field(default_factory=list)


def report_of(found: FoundPackage, installed: dict[str, str]) -> Report:
    """``installed`` gives the likeness of each installed library by its full name, "H5P.Question 1.5.4"."""
    names = {str(library.manifest): library for library in found.libraries.values()}
    return Report(
        title=found.manifest.title,
        main=str(found.manifest.main),
        media=len(found.media),
        bytes=sum(file.size for file in found.media.values()),
        known=sorted(name for name in names if name in installed),
        unknown=sorted(name for name in names if name not in installed),
        scripts={name: len(library.manifest.scripts) for name, library in names.items() if name not in installed},
        changed=sorted(
            name for name, library in names.items() if installed.get(name, library.likeness) != library.likeness
        ),
        left_out=len(found.left_out),
    )


def _folder_around(archive: Archive) -> str:
    """The one folder that holds all of a package that was packed by hand, from outside."""
    folders = {name.split("/")[0] for name in archive.sizes}
    folder = folders.pop() if len(folders) == 1 else ""
    return folder if f"{folder}/h5p.json" in archive else ""


def _require_content(archive: Archive) -> None:
    if "content/content.json" not in archive and any(name.endswith("/library.json") for name in archive.sizes):
        raise PackageRefusedError(
            _(
                "The file holds libraries and no content. Libraries come in with a content that needs them: "
                "export such a content with its libraries and upload that."
            )
        )
    if "h5p.json" not in archive or "content/content.json" not in archive:
        raise PackageRefusedError(_("The file is no H5P package: h5p.json or content/content.json is missing."))


def _refuse_listening(manifest: ContentManifest) -> None:
    found = sorted(_LISTENING & {need.name for need in manifest.needs})
    if found:
        message = _(
            "The content uses %(libraries)s, which need the microphone or the camera of whoever learns. No content "
            "gets them here, so that part could not work: take it out, and upload the content again."
        )
        raise PackageRefusedError(message % {"libraries": ", ".join(found)})


def _library(archive: Archive, reader: "_Reader", folder: str) -> FoundLibrary:
    manifest = library_manifest(parse(_small(archive, f"{folder}/library.json"), f"{folder}/library.json"), folder)
    if folder.split("-")[0] != manifest.name and not folder.startswith(manifest.name):
        raise PackageRefusedError(_("The folder %(folder)s holds another library.") % {"folder": folder})
    files = reader.files(f"{folder}/", is_library=True)
    for path in (*manifest.scripts, *manifest.styles):
        if path not in files:
            values = {"library": manifest, "path": path[:80]}
            raise PackageRefusedError(_("%(library)s names a file that is missing: %(path)s") % values)
    semantics = None
    if "semantics.json" in files:
        semantics = parse(_small(archive, f"{folder}/semantics.json"), f"{folder}/semantics.json")
        if not are_semantics(semantics):
            raise PackageRefusedError(
                _("%(source)s is not built as H5P says.") % {"source": f"{folder}/semantics.json"}
            )
    return FoundLibrary(manifest, semantics, files, library_digest(files))


def missing_libraries(found: FoundPackage, installed: dict[str, tuple[Wanted, ...]]) -> list[str]:
    """The libraries that are needed and are neither in the package nor installed, as "H5P.Question 1.5"."""
    missing: set[str] = set()
    seen: set[str] = set()
    waiting = list(found.manifest.needs)
    while waiting:
        need = str(waiting.pop())
        if need in seen or need.startswith("H5PEditor."):
            continue
        seen.add(need)
        inside = found.libraries.get(need)
        if inside is None and need not in installed:
            missing.add(need)
            continue
        waiting += inside.manifest.needs if inside else installed[need]
    return sorted(missing)


def _small(archive: Archive, name: str) -> bytes:
    if archive.sizes[name] > LARGEST_JSON:
        message = _("A file is larger than %(size)d MB: %(name)s")
        raise PackageRefusedError(message % {"size": LARGEST_JSON // 1024**2, "name": name})
    return archive.read(name)


class _Reader:
    """Goes through the files of one folder after another, judging each by all its bytes."""

    def __init__(self, archive: Archive, tell: Progress) -> None:
        self._archive, self._tell = archive, tell
        self._done, self._total = 0, sum(archive.sizes.values())
        self.left_out: list[str] = []

    def files(self, prefix: str, *, is_library: bool) -> dict[str, FoundFile]:
        """The files under the prefix by their path behind it."""
        found = {}
        for name, size in self._archive.sizes.items():
            if not name.startswith(prefix):
                continue
            path = name.removeprefix(prefix)
            self._done += size
            if is_library and is_left_out(path):
                self.left_out.append(name)
                continue
            if type_of(path, is_library=is_library) is None:
                message = _("Files of this kind may not stand in a package: %(name)s")
                raise PackageRefusedError(message % {"name": name[:80]})
            found[path] = FoundFile(name, size, self._digest(name))
            self._tell(self._done, self._total)
        return found

    def _digest(self, name: str) -> str:
        digest, ending, is_first = sha256(), ending_of(name), True
        for piece in self._archive.pieces(name):
            if is_first and not fits_head(ending, piece[:HEAD_LENGTH]):
                raise _disguised(name)
            if is_text(ending) and b"\0" in piece:
                raise _disguised(name)
            is_first = False
            digest.update(piece)
        return digest.hexdigest()


def _disguised(name: str) -> PackageRefusedError:
    return PackageRefusedError(_("A file is not what its name says: %(name)s") % {"name": name[:80]})
