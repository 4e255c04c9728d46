"""QTI packages: an archive with a manifest, a file for each item, and a test that names them in order.

Archives come from strangers: read in memory and within limits; nothing is ever unpacked to disk.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from lzma import LZMAError
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from assessments.formats.markup import add, parse, tree, written
from assessments.formats.qti.reader import read_item
from assessments.formats.qti.words import FOLDER, as_version_3, attribute, name, named
from assessments.formats.qti.writer import identifier_of, item
from assessments.formats.question import Medium, Parsed, PlainQuestion, Problem, labels_of, units_of
from assessments.formats.texts import storable
from intake.plan import UnreadableError

MANIFEST = "imsmanifest.xml"
_DIFFICULTIES = {"easy": "easy", "medium": "medium", "hard": "difficult"}
_READ_DIFFICULTIES = {"very easy": "easy", "easy": "easy", "medium": "medium", "difficult": "hard",
                      "very difficult": "hard"}  # fmt: skip
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
MOST_ENTRIES = 25_000
MOST_UNPACKED = 100 * 1024 * 1024
LARGEST_ENTRY = 30 * 1024 * 1024
HIGHEST_RATIO = 200
_RATIO_COUNTS_FROM = 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, LZMAError, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Version:
    """The names under which one version of the standard is known."""

    namespace: str
    manifest: str
    types: str
    schema: str
    schema_version: str
    templates: str
    suffix: str
    is_3: bool


_2 = Version(
    "http://www.imsglobal.org/xsd/imsqti_v2p2", "http://www.imsglobal.org/xsd/imscp_v1p1", "xmlv2p2",
    "QTIv2.2 Package", "1.0.0", "http://www.imsglobal.org/question/qti_v2p2/rptemplates/", "", False,
)  # fmt: skip


_3 = Version(
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "xmlv3p0",
    "QTI Package", "3.0.0", "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/", ".xml", True,
)  # fmt: skip


def read(content: bytes) -> Iterator[Parsed]:
    """Every item of the package, or the one item of an XML file. Raises UnreadableError for what is neither."""
    if not content.startswith(b"PK"):
        yield read_item(content)
        return
    archive = Archive(content)
    resources = _resources(archive)
    for path, resource in resources:
        yield _read(archive, path, resource)


class Archive:
    """Raises UnreadableError, in words for trainers, for an archive that is damaged or made to do harm."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
            raise UnreadableError(_("The archive is damaged or cut off. Export it again.")) from wrong
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise UnreadableError(_("The archive holds more than %(count)d files.") % {"count": MOST_ENTRIES})
        for entry in entries:
            _check(entry)
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            message = _("Unpacked, the archive would be larger than %(size)d MB.")
            raise UnreadableError(message % {"size": MOST_UNPACKED // 1024**2})
        self.names = [entry.filename for entry in entries if not entry.is_dir()]

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """At most as much as the entry says it holds."""
        try:
            return self._zip.read(name)
        except _DAMAGED as wrong:
            raise UnreadableError(_("The archive is damaged or cut off. Export it again.")) from wrong


def _resources(archive: Archive) -> list[tuple[str, Element | None]]:
    if MANIFEST not in archive:
        return [(path, None) for path in archive.names if path.lower().endswith(".xml")]
    resources = [
        each for each in named(parse(archive.read(MANIFEST)), "resource") if "_item_" in attribute(each, "type")
    ]
    if not resources:
        raise UnreadableError(_("The package's manifest names no QTI items."))
    return [(posixpath.normpath(unquote(attribute(each, "href"))), each) for each in resources]


def _read(archive: Archive, path: str, resource: Element | None) -> Parsed:
    if path not in archive:
        return Problem(_("The manifest names this file, and the package does not hold it."), source=path, excerpt=path)
    try:
        return read_item(
            archive.read(path),
            source=path,
            topic="".join(_metadata(resource, "taxon")[:1]),
            difficulty=_READ_DIFFICULTIES.get("".join(_metadata(resource, "difficulty")[:1]), ""),
            labels=_metadata(resource, "keyword"),
            find=lambda named: _beside(archive, path, named),
        )
    except UnreadableError as error:
        return Problem(str(error), source=path, excerpt=path)


def _beside(archive: Archive, path: str, named: str) -> bytes | None:
    """A file that the item at the path names, if the package holds it."""
    place = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(named)))
    return archive.read(place) if named and place in archive else None


def _metadata(resource: Element | None, wanted: str) -> list[str]:
    """Texts in the learning object metadata: of keywords, of the taxon's id, of the difficulty's value."""
    if resource is None:
        return []
    inner = {"keyword": ("string",), "taxon": ("id",), "difficulty": ("value",)}[wanted]
    found = (part for each in named(resource, wanted) for part in each.iter() if name(part) in inner)
    return [(part.text or "").strip() for part in found]


def write_2(questions: Iterable[PlainQuestion]) -> bytes:
    return _write(questions, _2)


def write_3(questions: Iterable[PlainQuestion]) -> bytes:
    return _write(questions, _3)


def _write(questions: Iterable[PlainQuestion], version: Version) -> bytes:
    content, manifest = BytesIO(), _manifest(version)
    resources = add(manifest, "resources")
    test, section = _test()
    with zipfile.ZipFile(content, "w") as archive:
        for number, question in enumerate(questions, start=1):
            path = f"items/{number:05d}.xml"
            _put(archive, path, _named(item(question, version.templates, version.suffix, is_3=version.is_3), version))
            _resource(resources, question, number, path, version)
            for medium in question.media:
                _put_medium(archive, medium)
            add(section, "assessmentItemRef", identifier=f"REF{number}", href=path)
        _put(archive, "test.xml", _named(test, version))
        resource = add(resources, "resource", identifier="TEST", type=f"imsqti_test_{version.types}", href="test.xml")
        add(resource, "file", href="test.xml")
        _put(archive, MANIFEST, manifest)
    return content.getvalue()


def _manifest(version: Version) -> Element:
    manifest = tree("manifest", xmlns=version.manifest, identifier="MANIFEST")
    metadata = add(manifest, "metadata")
    add(metadata, "schema", version.schema)
    add(metadata, "schemaversion", version.schema_version)
    add(manifest, "organizations")
    return manifest


def _test() -> tuple[Element, Element]:
    test = tree("assessmentTest", identifier="TEST", title="TEST")
    part = add(test, "testPart", identifier="PART", navigationMode="nonlinear", submissionMode="simultaneous")
    return test, add(part, "assessmentSection", identifier="SECTION", title="SECTION", visible="true")


def _resource(resources: Element, question: PlainQuestion, number: int, path: str, version: Version) -> None:
    type_ = f"imsqti_item_{version.types}"
    resource = add(resources, "resource", identifier=f"ITEM{number}", type=type_, href=path)
    lom = add(add(resource, "metadata"), "lom", xmlns="http://ltsc.ieee.org/xsd/LOM")
    general = add(lom, "general")
    add(add(general, "identifier"), "entry", identifier_of(question.code))
    for label in labels_of(replace(question, difficulty="")) + units_of(question):
        add(add(general, "keyword"), "string", storable(label))
    if question.difficulty:
        add(add(add(lom, "educational"), "difficulty"), "value", _DIFFICULTIES[question.difficulty])
    if question.topic:
        add(add(add(add(lom, "classification"), "taxonPath"), "taxon"), "id", question.topic)
    add(resource, "file", href=path)
    for medium in dict.fromkeys(each.name for each in question.media):
        add(resource, "file", href=f"{FOLDER}/{medium}")


def _named(root: Element, version: Version) -> Element:
    root.set("xmlns", version.namespace)
    if version.is_3:
        as_version_3(root.iter())
        for feedback in named(root, "modalfeedback", "rubricblock"):
            _wrap(feedback)
    return root


def _wrap(feedback: Element) -> None:
    """Version 3 wants what is said within a body of its own."""
    inner = list(feedback)
    for child in inner:
        feedback.remove(child)
    add(feedback, "qti-content-body").extend(inner)


def _put_medium(archive: zipfile.ZipFile, medium: Medium) -> None:
    """Once each; pictures and sounds are packed already."""
    path = f"{FOLDER}/{medium.name}"
    if path not in archive.NameToInfo:
        archive.writestr(zipfile.ZipInfo(path, _SAME_DAY), medium.content, zipfile.ZIP_STORED)


def _put(archive: zipfile.ZipFile, path: str, root: Element) -> None:
    archive.writestr(zipfile.ZipInfo(path, _SAME_DAY), written(root), zipfile.ZIP_DEFLATED)


def _check(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    is_strange = (
        name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/") or len(name) > 240
    )
    if is_strange or posixpath.normpath(name) != name.rstrip("/"):
        raise UnreadableError(_("The archive holds a file with a forbidden name: %(name)s") % {"name": name[:80]})
    if entry.flag_bits & 0x1:
        raise UnreadableError(_("The archive is locked with a password. Save it without one."))
    is_bomb = entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
    if is_bomb or entry.file_size > LARGEST_ENTRY:
        raise UnreadableError(
            _("A file in the archive is far larger unpacked than packed: %(name)s") % {"name": name[:80]}
        )
