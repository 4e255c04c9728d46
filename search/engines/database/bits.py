"""Sets of documents as integers: bit n stands for the document in slot n. Pure.

Counting what two sets of 100,000 have in common takes some microseconds this way, so facets are counted exactly,
and what someone may not see is taken away before anything is counted.
"""

import re
from collections.abc import Iterable, Sequence

# A set is stored in pieces of so many slots (1 kB), so that one new document rewrites little.
PIECE = 8_192
_BYTES = PIECE // 8
_SOMETHING = re.compile(rb"[^\0]")
_IN_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


def of_slots(slots: Iterable[int]) -> int:
    found = sorted(slots)
    if not found:
        return 0
    data = bytearray(found[-1] // 8 + 1)
    for slot in found:
        data[slot >> 3] |= 1 << (slot & 7)
    return int.from_bytes(data, "little")


def lowest(bits: int, most: int) -> list[int]:
    """The first slots in the set, in order: those that stand first are the best when nothing else is known."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    found: list[int] = []
    for piece in _SOMETHING.finditer(data):
        start = piece.start()
        found.extend(start * 8 + bit for bit in _IN_BYTE[data[start]])
        if len(found) >= most:
            break
    return found[:most]


def highest(bits: int, most: int) -> list[int]:
    """The last slots: documents that came since the index was built."""
    found = []
    for _turn in range(most):
        if not bits:
            break
        found.append(bits.bit_length() - 1)
        bits ^= 1 << found[-1]
    return found


def pieces(bits: int) -> list[tuple[int, bytes]]:
    """Number and content of each piece that is not empty."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    cut = ((start // _BYTES, data[start : start + _BYTES]) for start in range(0, len(data), _BYTES))
    return [(number, piece) for number, piece in cut if any(piece)]


def joined(stored: Iterable[tuple[int, bytes]]) -> int:
    whole = bytearray()
    for number, piece in sorted(stored):
        whole.extend(b"\0" * (number * _BYTES - len(whole)))
        whole.extend(piece)
    return int.from_bytes(whole, "little")


def union(sets: Iterable[int]) -> int:
    whole = 0
    for one in sets:
        whole |= one
    return whole


def in_at_least(sets: Sequence[int], within: int) -> list[int]:
    """For each n from 0 to all of the sets: what of ``within`` stands in at least n of them."""
    levels = [within] + [0] * len(sets)
    for done, one in enumerate(sets, start=1):
        for level in range(done, 0, -1):
            levels[level] |= levels[level - 1] & one
    return levels
