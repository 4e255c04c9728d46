"""Questions of the bank on their way into a file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import storages

from assessments.formats import FORMATS, Format, PlainQuestion
from assessments.formats.question import Medium
from assessments.formats.stored import plain
from assessments.media import in_order
from assessments.models import Question, QuestionVersion
from assessments.models.figures import FOLDER


@dataclass(frozen=True)
class Held:
    """How many of the questions a format can hold, how many it leaves out, and how many lose pictures and sounds."""

    format: Format
    count: int
    left_out: int
    without_media: int


def held_by_format(topic_id: int | None) -> list[Held]:
    questions = Question.objects.for_export(topic_id)
    kinds = Counter(questions.values_list("current__kind", flat=True))
    shown = Counter(questions.exclude(current__media=[]).values_list("current__kind", flat=True))
    return [_held(each, kinds, shown) for each in FORMATS.values()]


def exported(format_: Format, topic_id: int | None) -> bytes:
    """A file with all questions in use, of the topic or all, that the format can hold."""
    found = _plain(topic_id, with_media=format_.carries_media)
    return format_.write(question for question in found if question.kind in format_.holds)


def _held(format_: Format, kinds: Counter[str], shown: Counter[str]) -> Held:
    count = sum(kinds[kind] for kind in format_.holds)
    without = 0 if format_.carries_media else sum(shown[kind] for kind in format_.holds)
    return Held(format_, count, kinds.total() - count, without)


def _plain(topic_id: int | None, *, with_media: bool) -> Iterator[PlainQuestion]:
    for question in Question.objects.for_export(topic_id).iterator(chunk_size=500):
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
