"""The illustrations that pages show: drawn in one hand, an ink line of even weight and flat tints.

Each is a file of this folder named by what it shows; it names no colour but tokens, so it follows light, dark and
forced colours of the page that holds it. ``emblems`` has one for each of the ten indicators, by number; ``teachers``
has figures for teachers without a picture.
"""

import re
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FOLDER = Path(__file__).parent
_TOKENS = _FOLDER.parent / "static" / "css" / "tokens.css"

# What may stand for a topic: how whoever chooses reads it, and the tint of its covers (css/components/covers.css).
SUBJECTS: dict[str, tuple[str | Promise, str]] = {
    "abacus": (_("Abacus and telephone"), "river"),
    "bamboo": (_("Bamboo and areca"), "areca"),
    "beehives": (_("Beehives"), "turmeric"),
    "bicycle": (_("Bicycle with a bag"), "areca"),
    "boat": (_("Boat on a river"), "river"),
    "calendar": (_("Calendar"), "turmeric"),
    "check": (_("Page of ticks"), "river"),
    "clinic": (_("Clinic"), "areca"),
    "communal-house": (_("Communal house"), "brick"),
    "computers": (_("Computer class"), "river"),
    "desk": (_("Desk with dossiers"), "brick"),
    "drum": (_("School drum"), "brick"),
    "family": (_("Family reading"), "lotus"),
    "folder": (_("Folder of papers"), "lotus"),
    "gate": (_("Village gate"), "brick"),
    "greeting": (_("Two people and their languages"), "lotus"),
    "ladder": (_("Steps to a flag"), "turmeric"),
    "lamps": (_("Oil lamp and desk lamp"), "turmeric"),
    "law": (_("Law book"), "brick"),
    "library": (_("Library shelf"), "areca"),
    "lotus": (_("Lotus pond"), "lotus"),
    "loudspeaker": (_("Loudspeaker"), "brick"),
    "market": (_("Market stall"), "turmeric"),
    "notebook": (_("Open exercise book"), "river"),
    "padlock": (_("Telephone and padlock"), "turmeric"),
    "radio": (_("Radio"), "brick"),
    "reading": (_("Grandfather and child reading"), "areca"),
    "results": (_("Notice board"), "river"),
    "scales": (_("Scales"), "lotus"),
    "sewing-machine": (_("Sewing machine"), "lotus"),
    "terraces": (_("Terraced field"), "areca"),
    "workshop": (_("Workshop"), "turmeric"),
}
ANY_SUBJECT = "lotus"  # of what nobody chose a drawing for
# Figures that may stand for a teacher, the first where nobody chose.
_TEACHERS = {
    "board": _("Blackboard and book"),
    "pair": _("Two people"),
    "woman": _("Woman with long hair"),
    "man": _("Man with a collar"),
    "young-woman": _("Young woman with a badge"),
    "farmer": _("Farmer with a palm hat"),
    "grandmother": _("Grandmother with glasses"),
    "grandfather": _("Grandfather with a beard"),
}


@cache
def names() -> tuple[str, ...]:
    """All illustrations in the order of their names, without the emblems."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.svg")))


def subjects() -> list[tuple[str, str | Promise]]:
    """What whoever edits a topic chooses from."""
    return [(name, label) for name, (label, _tint) in SUBJECTS.items()]


def teachers() -> list[tuple[str, str | Promise]]:
    """What whoever edits a course chooses from."""
    return list(_TEACHERS.items())


def teacher(name: str) -> str:
    """The figure of that name, or the one for whom nobody chose."""
    return f"teachers/{name if name in _TEACHERS else next(iter(_TEACHERS))}"


def tint_of(name: str) -> str:
    return SUBJECTS[name][1]


@cache
def emblem_numbers() -> tuple[int, ...]:
    return tuple(sorted(int(file.stem) for file in (_FOLDER / "emblems").glob("*.svg")))


@cache
def drawn(name: str) -> str:
    """The SVG of an illustration ("gate") or an emblem ("emblems/3"), read once. KeyError if nobody drew it."""
    file = _FOLDER / f"{name}.svg"
    if not file.is_file():
        raise KeyError(name)
    return file.read_text(encoding="utf-8").strip()


@cache
def printed(name: str) -> str:
    """The same in the light colours of the tokens, for a paper, which has no style sheet."""
    light = _TOKENS.read_text(encoding="utf-8").split("@media", 1)[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    tinted = re.sub(r"var\(--([\w-]+)\)", lambda token: colours[token[1]], drawn(name))
    return tinted.replace("currentColor", colours["ink"])


def printed_emblem(number: int) -> str:
    """Empty where none stands for that number."""
    return printed(f"emblems/{number}") if number in emblem_numbers() else ""
