"""Questions in a running text, where *stars* mark what is asked for: Blanks, DragText, MarkTheWords."""

import re
from collections import Counter

from training_materials.packages.scoring.base import Params, Reported, Scored, UnverifiableError, group, plain

_MARKED = re.compile(r"\*([^*\n]+)\*")
_TOKEN = re.compile(r"[^\s*]*\*[^*\n]+\*[^\s*]*|\S+")
_SLASH = re.compile(r"(?<!\\)/")


def blanks(params: Params, said: Reported) -> Scored:
    """One point for each gap: one of the solutions, in any case unless it counts, with a slip where that is allowed."""
    behaviour = group(params, "behaviour")
    texts = params.get("questions") if isinstance(params.get("questions"), list) else []
    gaps = [_solutions(found) for text in texts or [] for found in _MARKED.findall(plain(text))]
    given = _given(said, len(gaps))
    is_strict = behaviour.get("caseSensitive", True) is not False
    may_slip = bool(behaviour.get("acceptSpellingErrors"))
    points = sum(_fills(answer, gap, is_strict, may_slip) for answer, gap in zip(given, gaps, strict=True))
    return Scored(points, len(gaps))


def drag_text(params: Params, said: Reported) -> Scored:
    """One point for each gap that holds its own word. Each word lies there as often as the text has it."""
    gaps = [_word(found) for found in _MARKED.findall(plain(params.get("textField")))]
    words = Counter(gaps) + Counter(_word(found) for found in _MARKED.findall(plain(params.get("distractors"))))
    given = [answer.strip() for answer in _given(said, len(gaps))]
    if Counter(answer for answer in given if answer) - words:
        raise UnverifiableError("a word was used that is not there, or more often than it is there")
    return Scored(sum(answer == gap for answer, gap in zip(given, gaps, strict=True)), len(gaps))


def mark_the_words(params: Params, said: Reported) -> Scored:
    """+1 for each word that is meant, −1 for each other one, never below 0; words are counted from 0."""
    tokens = _TOKEN.findall(plain(re.sub(r"</p>|<br ?/?>", " ", str(params.get("textField") or ""))))
    right = {place for place, token in enumerate(tokens) if _MARKED.search(token)}
    chosen = set(said.indexes)
    if chosen - set(range(len(tokens))):
        raise UnverifiableError("a word was marked that the text does not have")
    return Scored(max(0, len(chosen & right) - len(chosen - right)), len(right))


def _given(said: Reported, count: int) -> list[str]:
    given = said.parts
    if len(given) > count:
        raise UnverifiableError("more was filled in than there are gaps")
    return [*given, *[""] * (count - len(given))]


def _solutions(marked: str) -> list[str]:
    solution = marked.partition(":")[0]
    return [one.replace("\\/", "/").strip() for one in _SLASH.split(solution)]


def _word(marked: str) -> str:
    return re.split(r":|\\[+-]", marked)[0].strip()


def _fills(answer: str, solutions: list[str], is_strict: bool, may_slip: bool) -> bool:
    fold = str.strip if is_strict else lambda text: text.strip().lower()
    typed = fold(plain(answer))
    return any(_is_same(typed, fold(solution), may_slip) for solution in solutions)


def _is_same(typed: str, solution: str, may_slip: bool) -> bool:
    if typed == solution or not may_slip:
        return typed == solution
    slips = 2 if len(solution) > 9 else 1 if len(solution) > 3 else 0
    return abs(len(typed) - len(solution)) <= slips and _distance(typed, solution) <= slips


def _distance(one: str, other: str) -> int:
    """Damerau's: letters put in, left out, replaced, or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            is_swap = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            current.append(min(cost, before[column - 2] + 1) if is_swap else cost)
        before, last = last, current
    return last[-1]
