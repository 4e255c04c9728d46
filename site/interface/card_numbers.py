"""The number of a citizen's identity card where none belongs: in a name, a note, what is searched for. Pure."""

import re

# A zero and two figures for the province, one for sex and century, eight more; together or in groups. A spreadsheet
# that takes it for a number leaves the zeros before it away, one or two. Behind a plus, and behind 84 where no card has
# a 5 to a 9, stands a phone.
_BETWEEN = r" ?[./\-–]? ?"
_WHOLE = rf"0(?:{_BETWEEN}\d){{2}}{_BETWEEN}[0-3](?:{_BETWEEN}\d){{8}}"
_DAY = r"\d\d([./-])\d\d\1\d{4}"
_CARD_NUMBER = re.compile(rf"(?<![\d+])(?!{_DAY})(?:{_WHOLE}|[1-9]\d[0-3]\d{{8}}|[1-9][0-3]\d{{8}})(?!\d)")


def without_card_numbers(text: str) -> str:
    """The text, with “…” where one stood."""
    return _CARD_NUMBER.sub("…", text)


def has_card_number(text: str) -> bool:
    return _CARD_NUMBER.search(text) is not None
