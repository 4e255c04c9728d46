"""Headings of a body, and the anchors by which they are linked. Pure functions."""

from wagtail.blocks import StreamValue

from interface.vietnamese import words_of


def anchor(heading: str) -> str:
    """The id of a heading in the page: its words without tone marks."""
    return "-".join(words_of(heading))[:60].strip("-") or "phan"


def headings(body: StreamValue) -> list[tuple[str, str]]:
    """The text and the anchor of each heading, in order."""
    return [(str(block.value), anchor(str(block.value))) for block in body if block.block_type == "heading"]
