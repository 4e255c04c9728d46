"""Typst, and nothing of the site: what a process of its own can load in no time.

What people typed goes in as data only: a name can never become markup or code of the paper.
"""

from functools import cache
from pathlib import Path
from typing import Literal

import typst

Inputs = dict[str, str]


def drawn(template: Path, fonts: Path, inputs: Inputs, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """One file: PDF/UA-1, or for looking at it the picture of a single page."""
    pages = typst.compile(
        template,
        root=template.parent,
        font_paths=_fonts(fonts),
        format=kind,
        sys_inputs=inputs,
        pdf_standards="ua-1" if kind == "pdf" else None,
    )
    if not isinstance(pages, bytes):
        raise TypeError("a picture shows one page")
    return pages


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
