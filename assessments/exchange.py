"""Questions of the bank on their way into a file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.formats import FORMATS, Format, PlainQuestion
from assessments.formats.stored import plain
from assessments.models import Question


@dataclass(frozen=True)
class Held:
    """How many of the questions a format can hold, and how many it leaves out."""

    format: Format
    count: int
    left_out: int


def held_by_format(topic_id: int | None) -> list[Held]:
    kinds = Counter(Question.objects.for_export(topic_id).values_list("current__kind", flat=True))
    total = kinds.total()
    held = {key: sum(kinds[kind] for kind in each.holds) for key, each in FORMATS.items()}
    return [Held(each, held[key], total - held[key]) for key, each in FORMATS.items()]


def exported(format_: Format, topic_id: int | None) -> bytes:
    """A file with all questions in use, of the topic or all, that the format can hold."""
    return format_.write(question for question in _plain(topic_id) if question.kind in format_.holds)


def _plain(topic_id: int | None) -> Iterator[PlainQuestion]:
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
        )
