"""The keys of entries that seal a row: a UUID of version 8 with the row's primary key, the number of its kind, and
chance. It is hashed into the leaf, so that no entry can be said to be of another row.

Without chance, the row was sealed later than it was written: when the sealing of its kind began. Pure.
"""

import secrets
from uuid import UUID

_CHANCE = 62  # bits
_VERSION_AND_VARIANT = (8 << 76) | (0b10 << _CHANCE)


def new_key(number: int, row: int) -> UUID:
    return _key(number, row, secrets.randbits(_CHANCE) or 1)


def key_of_later(number: int, row: int) -> UUID:
    """For a row that stood before its kind was sealed: always the same."""
    return _key(number, row, 0)


def row_of(key: UUID) -> int:
    return key.int >> 80


def is_later(key: UUID) -> bool:
    return key.int % (1 << _CHANCE) == 0


def keys_of(number: int, first: int, last: int) -> tuple[UUID, UUID]:
    """The lowest and the highest key that entries of these rows can have; other kinds lie between them too."""
    return _key(number, first, 0), _key(number, last, (1 << _CHANCE) - 1)


def _key(number: int, row: int, chance: int) -> UUID:
    return UUID(int=(row << 80) | (number << 64) | _VERSION_AND_VARIANT | chance)
