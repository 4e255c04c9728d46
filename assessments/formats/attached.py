"""Pictures and sounds that a text of a file names, found among what came with it."""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.utils.translation import gettext as _

from assessments.formats.question import Medium
from assessments.formats.texts import Reference

ELSEWHERE = -1  # a place at which the bank holds no picture and no sound

Find = Callable[[str], bytes | None]


@dataclass
class Attached:
    """``faults``: why a question cannot be taken with what it names."""

    media: list[Medium] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, references: Iterable[Reference], find: Find, place: int | None) -> None:
        for reference in references:
            name = posixpath.basename(unquote(reference.source.partition("?")[0]))[-100:]
            content = find(reference.source)
            if content is not None:
                self.media.append(Medium(name, content, reference.alt, place))
            elif reference.source.startswith(("http:", "https:", "//")):
                message = _("“%(name)s” stands on another site. Put the picture or sound into the file itself.")
                self.faults.append(message % {"name": name})
            else:
                message = _("“%(name)s” is named in the question and is not in the file. Export it again.")
                self.faults.append(message % {"name": name or "?"})
