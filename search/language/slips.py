"""What a typed word may have been meant to be: itself with marks, decoded keys, parted words, near words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz.distance import OSA

from search.language.keys import decoded
from search.language.vocabulary import Vocabulary
from search.language.words import TONES, Token, fold_word, normalise, sounds

FORMS = 5
KEPT = 10
# What one slip costs, in natural logarithms of likelihood.
SLIP, SOUND, TONE, HOOK, LEFT_OUT = 3.0, 1.5, 2.5, 1.0, 0.7
REAL_WORD = 3.0  # more for a word that exists: it was probably meant

_FIGURE_BESIDE = re.compile(r"([a-z]{2,}(?=\d)|\d{1,5}(?=[a-z]))(\d{1,5}|[a-z]{2,})")  # qd677, 677qd
_VOWEL = re.compile("[aeiouy]")

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


class Source(StrEnum):
    """Why something is looked for, the surest first."""

    TYPED = "typed"
    DECODED = "decoded"
    PARTED = "parted"
    SYNONYM = "synonym"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read one word; ``cost`` says how far it is from what was typed."""

    folded: str
    toned: str
    cost: float
    source: Source


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed word, or one of those that it was parted into, as far as typed with its marks."""

    toned: str
    folded: str
    source: Source = Source.TYPED
    is_capital: bool = False


def slots(found: Sequence[Token], typed: str, vocabulary: Vocabulary) -> list[Slot]:
    """The typed words, those without a needed blank parted, those in Telex or VNI decoded."""
    made: list[Slot] = []
    for token in found:
        clear = normalise(decoded(token.toned)) if not vocabulary.knows(token.folded) else ""
        if clear:
            made.append(Slot(clear, fold_word(clear), Source.DECODED))
            continue
        beside = _FIGURE_BESIDE.fullmatch(token.folded) if not vocabulary.knows(token.folded) else None
        if beside and any(map(vocabulary.knows, beside.groups())):
            made.extend(Slot(one, one) for one in beside.groups())
            continue
        parted = part(token.folded, vocabulary)
        if len(parted) > 1:
            made.extend(Slot(one, one, Source.PARTED) for one in parted)
            continue
        made.append(Slot(token.toned, token.folded, is_capital=typed[token.start : token.end].isupper()))
    return made


def part(folded: str, vocabulary: Vocabulary) -> list[str]:
    """An unknown run of letters as known words side by side, or itself alone."""
    if vocabulary.knows(folded) or not 5 <= len(folded) <= 48 or not folded.isalnum():
        return [folded]
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(folded)
    for end in range(2, len(folded) + 1):
        for start in range(max(0, end - 9), end - 1):
            before = best[start]
            word = fold_word(folded[start:end])  # alone, y may stand where i is meant: kynangso
            if before is None or not vocabulary.knows(word) or (word.isdigit() and len(word) != 4):
                continue
            worth = before[0] + math.log(vocabulary.words[word] / vocabulary.total) - 1
            if before[1] and (before[1][-1], word) in vocabulary.folded_pairs:
                worth += 6
            reached = best[end]
            if reached is None or worth > reached[0]:
                best[end] = (worth, [*before[1], word])
    whole = best[-1]
    return whole[1] if whole and _go_together(whole[1], vocabulary) else [folded]


def readings(slot: Slot, neighbours: tuple[str, str], vocabulary: Vocabulary, *, says_tones: bool) -> list[Reading]:
    """Every sensible way to read a word between its neighbours (folded), itself first."""
    own = _own(slot, vocabulary, says_tones=says_tones)
    if len(slot.folded) < 2 or any(sign.isdigit() for sign in slot.folded):
        return own
    known = vocabulary.knows(slot.folded)
    if known and _is_at_home(slot.folded, neighbours, vocabulary):
        return own
    is_free = not known and bool(_VOWEL.search(slot.folded))  # without a vowel it may well be an abbreviation
    found = [
        Reading(
            word,
            toned,
            slip_cost(slot.folded, word, slips, is_word=known) + _other_tone_cost(slot.toned, toned),
            Source.SPELLING,
        )
        for word, slips in vocabulary.near(slot.folded)
        if is_free or _is_at_home(word, neighbours, vocabulary)
        for toned in _forms(word, vocabulary)
    ]
    return own + sorted(found, key=lambda one: one.cost - vocabulary.log_chance("", one.toned) / 2)[: 3 * KEPT]


def slip_cost(typed: str, meant: str, slips: int, *, is_word: bool = False) -> float:
    """Letters that sound alike, doubled letters and letters in the wrong order are slips sooner made than others."""
    if sounds(typed) == sounds(meant):
        return SOUND + (REAL_WORD / 2 if is_word else 0.0)
    return _plain_cost(typed, meant, slips) + (REAL_WORD if is_word else 0.0)


def _plain_cost(typed: str, meant: str, slips: int) -> float:
    if sorted(typed) == sorted(meant) or re.sub(r"(.)\1+", r"\1", typed) == meant:
        return 0.8 * SLIP
    if slips == 1 and _is_next_key(typed, meant):
        return 0.65 * SLIP
    first = 1.0 if typed[:1] != meant[:1] else 0.0
    return SLIP * slips + first


def _is_next_key(typed: str, meant: str) -> bool:
    """Whether the one letter that differs lies beside the one that was meant."""
    if len(typed) != len(meant):
        return False
    wrong, right = next((pair for pair in zip(typed, meant, strict=True) if pair[0] != pair[1]), ("", ""))
    return any(f"{wrong}{right}" in row or f"{right}{wrong}" in row for row in _KEYS)


def _own(slot: Slot, vocabulary: Vocabulary, *, says_tones: bool) -> list[Reading]:
    as_typed = Reading(slot.folded, slot.toned, 0.0, slot.source)
    restored = [
        Reading(slot.folded, toned, _tone_cost(slot.toned, toned, says_tones=says_tones), slot.source)
        for toned in _forms(slot.folded, vocabulary)
        if toned != slot.toned
    ]
    return [as_typed, *restored]


def _tone_cost(typed: str, meant: str, *, says_tones: bool) -> float:
    if typed.isascii():
        return LEFT_OUT if says_tones else 0.0
    hooks = str.maketrans("\u0309", "\u0303")
    if _apart(typed).translate(hooks) == _apart(meant).translate(hooks):
        return HOOK
    return TONE * max(1, OSA.distance(_apart(typed), _apart(meant)) - 1)


def _other_tone_cost(typed: str, meant: str) -> float:
    """Who slips on a letter has seldom taken another tone as well."""
    return 0.0 if typed.isascii() or _tones_of(typed) == _tones_of(meant) else HOOK


def _tones_of(word: str) -> list[str]:
    return [mark for mark in _apart(word) if mark in TONES]


def _apart(word: str) -> str:
    return unicodedata.normalize("NFD", word)


def _forms(folded: str, vocabulary: Vocabulary) -> list[str]:
    forms = vocabulary.forms.get(folded, {})
    return sorted(forms, key=lambda toned: -forms[toned])[:FORMS] or [folded]


def _is_at_home(folded: str, neighbours: tuple[str, str], vocabulary: Vocabulary) -> bool:
    before, after = neighbours
    pairs = vocabulary.folded_pairs
    return not (before or after) or (before, folded) in pairs or (folded, after) in pairs


def _go_together(words: list[str], vocabulary: Vocabulary) -> bool:
    return any(pair in vocabulary.folded_pairs for pair in pairwise(words))
