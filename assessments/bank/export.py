"""Questions of the bank on their way into files."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import storages

from assessments.bank.media import in_order
from assessments.formats import FORMATS, Format, PlainQuestion, Size, size_of
from assessments.formats.conversion import plain
from assessments.formats.question import Medium
from assessments.models import Question, QuestionVersion
from assessments.models.bank import FOLDER
from assessments.querysets.bank import QuestionQuerySet

_WEIGHED = ("current__kind", "current__prompt", "current__body", "current__feedback", "current__media")


@dataclass(frozen=True)
class Held:
    """What of the questions a format holds, and in how many files.

    ``left_out``: of kinds that it does not know; ``too_large``: with more pictures and sounds than a file may hold;
    ``without_media``: those that lose theirs.
    """

    format: Format
    parts: list[range]
    left_out: int
    too_large: int
    without_media: int

    @property
    def count(self) -> int:
        return sum(len(part) for part in self.parts)


def held_by_format(topic_id: int | None) -> list[Held]:
    sizes = _sizes(Question.objects.for_export(topic_id))
    return [_held(each, sizes) for each in FORMATS.values()]


def exported(format_: Format, topic_id: int | None, part: int = 1) -> bytes:
    """A file with the questions in use, of the topic or all, that the format can hold; as many as an import takes.

    Raises IndexError if there are not so many parts.
    """
    held = Question.objects.for_export(topic_id).filter(current__kind__in=format_.holds)
    place = (format_.parts(_sizes(held)) or [range(0)])[part - 1]
    return format_.write(_plain(held[place.start : place.stop], with_media=format_.carries_media))


def _held(format_: Format, sizes: list[Size]) -> Held:
    known = [size for size in sizes if size.kind in format_.holds]
    parts = format_.parts(known)
    return Held(
        format=format_,
        parts=parts,
        left_out=len(sizes) - len(known),
        too_large=len(known) - sum(len(part) for part in parts),
        without_media=0 if format_.carries_media else sum(bool(size.media) for size in known),
    )


def _sizes(questions: QuestionQuerySet) -> list[Size]:
    return [
        size_of(kind, words, [storages["private"].size(f"{FOLDER}/{each['name']}") for each in words[-1]])
        for kind, *words in questions.values_list(*_WEIGHED).iterator(chunk_size=500)
    ]


def _plain(questions: QuestionQuerySet, *, with_media: bool) -> Iterator[PlainQuestion]:
    for question in questions.iterator(chunk_size=500):
        version = question.current
        assert version is not None
        yield plain(
            kind=version.kind,
            prompt=version.prompt,
            body=version.body,
            feedback=version.feedback,
            code=question.slug,
            topic=question.topic.slug,
            difficulty=question.difficulty,
            audience=question.audience,
            media=_media(version) if with_media else (),
        )


def _media(version: QuestionVersion) -> tuple[Medium, ...]:
    media = []
    for each in in_order(version.media):
        with storages["private"].open(f"{FOLDER}/{each['name']}") as file:
            media.append(Medium(each["name"], file.read(), each["alt"], each["place"]))
    return tuple(media)
