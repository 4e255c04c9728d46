"""Typst, and nothing of the site: what a process of its own can load in no time.

What people typed goes in as data only: a name can never become markup or code of the paper.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import typst

Inputs = dict[str, str]


def drawn(template: Path, fonts: Path, inputs: Inputs, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """One file: PDF/UA-1, or for looking at it the picture of a single page.

    A name may hold a sign that no font here has (an emoji, Chinese): there stands a box then, and the file does not
    claim the standard. Without it a whole list would not come.
    """
    standard: Literal["ua-1"] | None = "ua-1" if kind == "pdf" else None
    try:
        return _compiled(template, fonts, inputs, kind, standard)
    except typst.TypstError as wrong:
        if standard is None or "could not be displayed with font" not in str(wrong):
            raise
        return _compiled(template, fonts, inputs, kind, None)


def _compiled(
    template: Path, fonts: Path, inputs: Inputs, kind: Literal["pdf", "png"], standard: Literal["ua-1"] | None
) -> bytes:
    pages = typst.compile(
        template, root=template.parent, font_paths=_fonts(fonts), format=kind, sys_inputs=inputs,
        pdf_standards=standard,
    )  # fmt: skip
    if not isinstance(pages, bytes):
        raise TypeError("a picture shows one page")
    return pages


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
