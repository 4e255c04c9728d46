"""The code by which anyone can verify a title: unguessable, and fit to be read aloud over a telephone."""

import secrets

from interface.vietnamese import fold

# Of signs that are taken for each other (0 O D Q, 1 I L J, 2 Z, 5 S, 6 G, 8 B, U V W) at most one is used.
# 22 signs in 12 places: 2 to the power of 53 codes.
_ALPHABET = "23456789ACEFHKMNPRTUXY"
_GROUPS, _GROUP_LENGTH = 3, 4


def new_code() -> str:
    """A code such as "K7MN-3HPC-XA4T"."""
    return _grouped("".join(secrets.choice(_ALPHABET) for _position in range(_GROUPS * _GROUP_LENGTH)))


def canonical(typed: str) -> str:
    """What someone typed as it would be stored: capitals, dashes in their places. Pure; knows no titles."""
    return _grouped("".join(sign for sign in fold(typed[:60]).upper() if sign.isalnum()))


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP_LENGTH] for start in range(0, len(signs), _GROUP_LENGTH))
