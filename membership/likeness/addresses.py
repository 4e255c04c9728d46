"""Whether two addresses are one house, however each was written. Pure."""

from interface.vietnamese import words_of

_BEFORE_A_NUMBER = {"so", "nha"}
_SAYS_NOTHING = {"duong", "pho", "d", "p"}


def house_of(address: str) -> str:
    """Its number and street; empty for a hamlet, a group, a block: of those who live there, one address tells nothing.
    What stands behind a comma is the commune, which is compared by itself."""
    words = words_of(address.partition(",")[0])
    while words and words[0] in _BEFORE_A_NUMBER:
        words = words[1:]
    if not words or not words[0][:1].isdigit():
        return ""
    street = [word for word in words[1:] if word not in _SAYS_NOTHING]
    return " ".join([words[0], *street]) if street else ""
