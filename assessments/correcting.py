"""Whether answers to one version of a question may be marked by the key of another. Pure."""

from random import Random

from assessments.models import QuestionVersion


def fits(asked: QuestionVersion, corrected: QuestionVersion) -> bool:
    """The same question of the same kind, whose page showed the same: only the key differs."""
    if asked.question_id != corrected.question_id or asked.kind != corrected.kind or asked.pk == corrected.pk:
        return False
    order = asked.parsed.shuffle(Random(0))  # noqa: S311  # any order will do
    if order != corrected.parsed.shuffle(Random(0)):  # noqa: S311  # the same chance over as many lines
        return False
    try:
        return bool(asked.parsed.shown(order, None) == corrected.parsed.shown(order, None))
    except (IndexError, KeyError):
        return False
