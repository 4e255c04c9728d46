"""Which scorer fits which library, in which versions of it; and a claim held against what the responses earn."""

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training_materials.activities.content import UnreadableResponseError
from training_materials.activities.packing import KINDS, score
from training_materials.packages.scoring import choices, containers, words
from training_materials.packages.scoring.base import (
    Params,
    Reported,
    Scored,
    Scorer,
    UnverifiableError,
    group,
    reported,
)

Version = tuple[int, int]
_EPSILON = 1e-6


class VerdictKind(StrEnum):
    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    REJECTED = "rejected"


class Finish(StrEnum):
    """What can finish an activity with a content: a score, if it is recomputed here; else its own word that it was
    played to the end; and where it never gives that, the learner's.
    """

    SCORE = "score"
    PLAYED = "played"
    MARKED = "marked"


# Nobody wrote a scorer for these, and they say when one is through.
_TELLING = frozenset(
    {"H5P.Essay", "H5P.Crossword", "H5P.FindTheWords", "H5P.MemoryGame", "H5P.Flashcards", "H5P.ImagePair",
     "H5P.ImageSequencing", "H5P.ArithmeticQuiz", "H5P.Dictation", "H5P.SortParagraphs", "H5P.AdvancedBlanks",
     "H5P.MultiMediaChoice", "H5P.ImageHotspotQuestion", "H5P.ImageMultipleHotspotQuestion", "H5P.Questionnaire",
     "H5P.BranchingScenario", "H5P.InteractiveBook"}
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """``score`` of ``maximum``: recomputed if verified, merely claimed if unverified, nothing if rejected."""

    kind: VerdictKind
    score: float | None = None
    maximum: float | None = None
    reason: str = ""

    @property
    def share(self) -> float | None:
        if self.score is None or not self.maximum:
            return None
        return min(1.0, max(0.0, self.score / self.maximum))


def judge(library: str, params: Params, data: Any) -> Verdict:
    """``data`` is what the content gave; never trusted, and never an error."""
    try:
        said = reported(data)
    except UnverifiableError as wrong:
        return Verdict(VerdictKind.UNVERIFIED, reason=str(wrong))
    scorer = scorer_of(library)
    try:
        if scorer is None:
            raise UnverifiableError(f"no scorer for {library}")
        earned = scorer(params, said)
    except UnverifiableError as wrong:
        return Verdict(VerdictKind.UNVERIFIED, *_plausible(said.claimed, said.claimed_maximum), reason=str(wrong))
    return _held_against(earned, said.claimed, said.claimed_maximum)


@dataclass(frozen=True)
class _Entry:
    lowest: Version
    highest: Version
    scorer: Scorer


_SCORERS: dict[str, list[_Entry]] = {}


def register(machine_name: str, lowest: Version, highest: Version, scorer: Scorer) -> None:
    """From version ``lowest`` to ``highest``, both included, as (major, minor)."""
    _SCORERS.setdefault(machine_name, []).append(_Entry(lowest, highest, scorer))


def scorer_of(library: str) -> Scorer | None:
    """For "H5P.MultiChoice 1.16"; None where there is none for that version."""
    name, _space, version = library.partition(" ")
    major, _dot, minor = version.partition(".")
    if not (major.isdecimal() and minor.isdecimal()):
        return None
    asked = (int(major), int(minor))
    return next((entry.scorer for entry in _SCORERS.get(name, ()) if entry.lowest <= asked <= entry.highest), None)


def finish_of(library: str, params: Params) -> Finish:
    """Of a content as it is: a container may hold a part that nobody can score, or nothing that asks."""
    if _asks(scorer_of(library), params):
        return Finish.SCORE
    return Finish.PLAYED if _tells_its_end(library, params) else Finish.MARKED


def _tells_its_end(library: str, params: Params) -> bool:
    """A part that a scorer knows tells it only where it asks: editors write parts that are empty, too."""
    name = library.partition(" ")[0]
    if parts_of := containers.PARTS_OF.get(name):
        return any(_tells_its_end(str(part.get("library")), group(part, "params")) for part in parts_of(params))
    scorer = scorer_of(library)
    if scorer is None or name in KINDS:
        return name in _SCORERS or name in _TELLING
    return _asks(scorer, params) is not False


def _asks(scorer: Scorer | None, params: Params) -> bool | None:
    """Whether there is something to earn; None where nobody can say."""
    with suppress(UnverifiableError):
        if scorer is not None:
            return scorer(params, Reported()).maximum > 0
    return None


def _of_our_own(library: str) -> Scorer:
    """The scorer of one of our own activities, by its library. One response says all, parts are for readers."""

    def scorer(params: Params, said: Reported) -> Scored:
        try:
            found = score(library, params, said.response or "")
        except UnreadableResponseError as wrong:
            raise UnverifiableError(str(wrong)) from wrong
        return Scored(found.raw, found.maximum)

    return scorer


register("H5P.MultiChoice", (1, 9), (1, 16), choices.multi_choice)


register("H5P.TrueFalse", (1, 2), (1, 8), choices.true_false)


register("H5P.SingleChoiceSet", (1, 9), (1, 11), choices.single_choice_set)


register("H5P.Summary", (1, 8), (1, 10), choices.summary)


register("H5P.Blanks", (1, 9), (1, 14), words.blanks)


register("H5P.DragText", (1, 6), (1, 10), words.drag_text)


register("H5P.MarkTheWords", (1, 7), (1, 11), words.mark_the_words)


register("H5P.DragQuestion", (1, 11), (1, 14), choices.drag_question)


register("H5P.QuestionSet", (1, 13), (1, 21), containers.container(containers.question_set, scorer_of))


register("H5P.Column", (1, 6), (1, 18), containers.container(containers.column, scorer_of))


register("H5P.InteractiveVideo", (1, 18), (1, 28), containers.container(containers.interactive_video, scorer_of))


register("H5P.CoursePresentation", (1, 18), (1, 26), containers.container(containers.course_presentation, scorer_of))


for _own in KINDS:
    register(_own, (1, 0), (1, 0), _of_our_own(_own))


def _held_against(earned: Scored, claimed: float | None, claimed_maximum: float | None) -> Verdict:
    if not earned.maximum:
        return Verdict(VerdictKind.UNVERIFIED, reason="the content asks nothing")
    if claimed is not None and claimed > earned.score + _EPSILON:
        return Verdict(VerdictKind.REJECTED, reason=f"claims {claimed:g}, the responses earn {earned.score:g}")
    if claimed and claimed_maximum and claimed / claimed_maximum > earned.score / earned.maximum + _EPSILON:
        return Verdict(VerdictKind.REJECTED, reason="claims a larger share than the responses earn")
    score = earned.score if claimed is None else min(earned.score, max(0.0, claimed))
    return Verdict(VerdictKind.VERIFIED, score, earned.maximum)


def _plausible(claimed: float | None, maximum: float | None) -> tuple[float | None, float | None]:
    if claimed is None or not maximum or not 0 <= claimed <= maximum:
        return None, None
    return claimed, maximum
