"""The number of a citizen's identity card where none belongs: in a name, a note, what is searched for. Pure."""

import re

# Twelve digits; a spreadsheet that takes them for a number leaves away the first, which mostly is a zero. Behind a plus
# stands a phone.
_CARD_NUMBER = re.compile(r"(?<![\d+])\d(?:[ ./\-–]?\d){10,11}(?!\d)")


def without_card_numbers(text: str) -> str:
    """The text, with “…” where one stood."""
    return _CARD_NUMBER.sub("…", text)


def has_card_number(text: str) -> bool:
    return _CARD_NUMBER.search(text) is not None
