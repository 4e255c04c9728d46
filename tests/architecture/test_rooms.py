"""The tables of rooms in `docs/architecture.md` name every folder of every app, and none that is not there."""

import re
from pathlib import Path

from tests.architecture.test_public import PUBLIC
from tests.architecture.tree import APPS, ROOT, folder_of, relative

TABLES = (ROOT / "docs" / "architecture.md").read_text().partition("## Rooms")[2].partition("\n## ")[0]
OF_EVERY_APP, OF_ONE_APP = TABLES.split("| room | what stands there | who may call it |")
STANDARD = set(re.findall(r"`([a-z]+)/`", OF_EVERY_APP))
# The room's path, and who may call it.
ROOMS = dict(re.findall(r"^\| \**`([^`]+)/`\** \| [^|]+ \| ?([^|]*?) ?\|$", OF_ONE_APP, re.MULTILINE))
CLOSED = {"", "its own app", "its own command", "nobody", "Django"}


def test_every_folder_of_every_app_is_named():
    folders = {relative(path.parent) for app in APPS for path in folder_of(app).rglob("*") if _is_ours(path)}
    own = {folder for folder in folders if not STANDARD & set(Path(folder).parts)}
    assert own - ROOMS.keys() == set()
    assert ROOMS.keys() - own == set()


def test_rooms_are_said_to_be_open_where_something_in_them_is_public():
    assert [room for room, who in ROOMS.items() if (who not in CLOSED) != _is_open(room)] == []


def _is_open(room: str) -> bool:
    """Whether the room is public, or stands in one that is, or has a public module of its own."""
    name = _module_of(room)
    if name in APPS:
        return name in PUBLIC
    rooms = {_module_of(other) for other in ROOMS}
    return any(f"{name}.".startswith(f"{public}.") for public in PUBLIC) or any(
        public.rpartition(".")[0] == name for public in PUBLIC.keys() - rooms
    )


def _module_of(room: str) -> str:
    return room.removeprefix("site/").replace("/", ".")


def _is_ours(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"
