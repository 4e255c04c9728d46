"""Whether answers to one version of a question may be marked by the key of another. Pure."""

from random import Random

from assessments.models import QuestionVersion


def fits(asked: QuestionVersion, corrected: QuestionVersion) -> bool:
    """The same question of the same kind, whose page showed the same: only the key differs."""
    if asked.question_id != corrected.question_id or asked.kind != corrected.kind or asked.pk == corrected.pk:
        return False
    if _seen(asked) != _seen(corrected):
        return False
    order = asked.parsed.shuffle(Random(0))  # noqa: S311  # any order will do
    return corrected.parsed.carried(asked.parsed, order) is not None


def _seen(version: QuestionVersion) -> set[tuple[str, str]]:
    """Pictures and sounds, each with the option beside which it stands."""
    options = version.body.get("options", [])
    return {(one["name"], "" if one["place"] is None else options[one["place"]]["text"]) for one in version.media}
