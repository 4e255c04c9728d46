"""What files in a package may be called, and which kinds of file may stand where."""

import unicodedata
from collections.abc import Iterable
from contextlib import suppress

from django.utils.translation import gettext as _

from training_materials.packages.refusal import PackageRefusedError

# No SVG, no HTML and no archive: content is data and media. Office files are archives.
CONTENT_TYPES = {
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webvtt": "text/vtt; charset=utf-8",
    "pdf": "application/pdf",
}
LIBRARY_TYPES = CONTENT_TYPES | {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "xml": "application/xml",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
}

LONGEST = 240
# In bytes: file systems take 255, and an accented letter has up to three.
_LONGEST_PART = 250
_LITTER = frozenset(
    {".ds_store", "thumbs.db", "desktop.ini", ".gitignore", ".gitattributes", ".gitkeep", ".npmignore", ".h5pignore",
     ".editorconfig", ".eslintrc", ".eslintrc.js", ".eslintrc.json", ".jshintrc", ".babelrc", ".travis.yml",
     ".browserslistrc", ".prettierrc", ".stylelintrc"}
)  # fmt: skip
# Of a library, what only editing tools, its authors and Flash need is left out.
_LEFT_OUT_ENDINGS = (".swf", ".diff", ".patch", ".textile", ".md", ".map", ".yml", ".ts", ".scss", ".lock",
                     "license.txt", "readme.txt", "presave.js", "upgrades.js", "package.json",
                     "crowdin.json")  # fmt: skip
_LEFT_OUT_NAMES = frozenset({"license", "licence", "readme", "copying", "notice", "changelog", "authors", "makefile"})
_LEFT_OUT_FOLDERS = frozenset({"language", "editor", "test", "tests", "node_modules"})


def check_names(names: Iterable[str]) -> None:
    """Raises PackageRefusedError for the first name that is forbidden or too long, or that two files, or a file and a
    folder, share.
    """
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for name in names:
        if _is_forbidden(name):
            raise PackageRefusedError(_("The package holds a file with a forbidden name: %(name)s") % _shown(name))
        if any(len(part.encode()) > _LONGEST_PART for part in name.split("/")):
            raise PackageRefusedError(_("The name of a file is too long, shorten it: %(name)s") % _shown(name))
        folded = unicodedata.normalize("NFC", name).casefold().rstrip("/")
        if folded in seen:
            raise _same_name(name)
        seen[folded] = name
        folders.update(folded[:place] for place, letter in enumerate(folded) if letter == "/")
    for folded in folders & seen.keys():
        if not seen[folded].endswith("/"):
            raise _same_name(seen[folded])


def told_name(name: str, *, is_unicode: bool) -> str:
    """What its packer meant: some write UTF-8 without saying so, and a Mac writes accents as letters of their own."""
    if not is_unicode:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def is_litter(name: str) -> bool:
    """What systems and tools leave in archives that were packed by hand. It is never looked at."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].lower() in _LITTER


def ending_of(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[2].lower()


def type_of(name: str, *, is_library: bool) -> str | None:
    """The content type under which the file may be served, None where such files may not stand."""
    return (LIBRARY_TYPES if is_library else CONTENT_TYPES).get(ending_of(name))


def is_left_out(name: str) -> bool:
    """Whether a file of a library (its path inside the library) is of no use for playing."""
    parts = name.lower().split("/")
    return (
        parts[-1].endswith(_LEFT_OUT_ENDINGS)
        or parts[-1] in _LEFT_OUT_NAMES
        or any(part in _LEFT_OUT_FOLDERS for part in parts[:-1])
    )


def _is_forbidden(name: str) -> bool:
    if not name or len(name) > LONGEST or name.startswith("/") or "\\" in name or ":" in name:
        return True
    if any(unicodedata.category(letter).startswith("C") for letter in name):
        return True
    parts = name.removesuffix("/").split("/")
    return any(not part or part.startswith(".") or part != part.strip() or part.endswith(".") for part in parts)


def _same_name(name: str) -> PackageRefusedError:
    return PackageRefusedError(_("Two files in the package have the same name: %(name)s") % _shown(name))


def _shown(name: str) -> dict[str, str]:
    return {"name": ascii(name[:80])[1:-1] if not name.isprintable() else name[:80]}
