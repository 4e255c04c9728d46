"""Versions of questions, kept in memory: they never change, so each is read and understood once by each process."""

from collections.abc import Iterable

from assessments.models.attempt import Response
from assessments.models.bank import QuestionVersion
from work.kept import Held

_kept: Held[int, QuestionVersion] = Held(4000)


def attach(responses: Iterable[Response]) -> list[Response]:
    """Puts their versions into the responses: one query for those that this process has not met, or none.

    Of responses read ``for_marking`` the versions whose key counts come along.
    """
    asked = list(responses)
    corrected = {pk for response in asked if (pk := getattr(response, "corrected_id", None))}
    versions = of({response.version_id for response in asked} | corrected)
    for response in asked:
        response.version = versions[response.version_id]
    return asked


def of(ids: Iterable[int]) -> dict[int, QuestionVersion]:
    wanted = set(ids)
    versions = {pk: _kept[pk] for pk in wanted & _kept.keys()}
    if missing := wanted - versions.keys():
        read = QuestionVersion.objects.in_bulk(missing)
        _kept.hold(read)
        versions |= read
    return versions
