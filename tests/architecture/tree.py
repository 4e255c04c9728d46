"""The project's apps, their layers and their files, as `pyproject.toml`, the settings and the file system have them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
APPS = [*settings.LOCAL_APPS, "config"]


def layers() -> list[list[str]]:
    """The contract's layers from the top down, each a list of modules."""
    return [[name.strip() for name in layer.replace("|", ":").split(":")] for layer in CONTRACTS[0]["layers"]]


def height(module: str) -> int:
    for depth, layer in enumerate(layers()):
        if any(module == name or module.startswith(f"{name}.") for name in layer):
            return -depth
    raise AssertionError(f"{module} stands in no layer")


def owner(module: str) -> str:
    """The app that a module belongs to; nothing for one that others wrote."""
    return next((app for app in APPS if module == app or module.startswith(f"{app}.")), "")


def folder_of(app: str) -> Path:
    folder = ROOT / app.replace(".", "/")
    return folder if folder.exists() else ROOT / "site" / app


def sources() -> Iterator[Path]:
    for app in APPS:
        yield from sorted(folder_of(app).rglob("*.py"))


def module_of(path: Path) -> str:
    return relative(path).removeprefix("site/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
