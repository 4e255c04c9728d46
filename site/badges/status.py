"""Which badges are revoked: a public list of bits (W3C Bitstring Status List 1.0). Pure.

A title's place follows from its key, so no table keeps it; places are scattered, so that a place tells nothing about
how many titles there are or which were given together.
"""

import gzip
import io
import zlib
from collections.abc import Iterable

from badges.keys import base64url, from_base64url

# The least length that the standard allows: a single badge disappears among so many.
LENGTH = 131_072
_STRIDE, _SHIFT = 52_837, 71_993  # any odd stride walks through all places once
_LONGEST = 4 * LENGTH // 8


def place_of(key: int) -> tuple[int, int]:
    """(number of the list, place on it) of the title with that primary key."""
    number, rest = divmod(key, LENGTH)
    return number, (rest * _STRIDE + _SHIFT) % LENGTH


def keys_on(number: int) -> range:
    """The primary keys whose titles stand on the list."""
    return range(number * LENGTH, (number + 1) * LENGTH)


def encoded(places: Iterable[int]) -> str:
    """The list with these places set: bits from the left, compressed, as multibase base64url."""
    bits = bytearray(LENGTH // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))


def is_set(encoded_list: str, place: int) -> bool:
    """Raises ValueError when the list is broken or has no such place."""
    if not encoded_list.startswith("u"):
        raise ValueError("no status list")
    try:
        with gzip.open(io.BytesIO(from_base64url(encoded_list[1:]))) as packed:
            bits = packed.read(_LONGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("no status list") from error
    if not 0 <= place < len(bits) * 8 or not LENGTH // 8 <= len(bits) <= _LONGEST:
        raise ValueError("no such place on the list")
    return bool(bits[place // 8] & 0x80 >> place % 8)
