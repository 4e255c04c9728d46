"""Each page that has a name × each role (``doors`` says what it needs): a new page fails until somebody has decided."""

import logging
import re
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse

from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.models import ReviewStep
from membership.models import Membership, Role, TargetGroup
from membership.policy import may
from tests.factories.evaluation import YEAR, sample_criteria, submitted_dossier
from tests.factories.people import add_user
from tests.flows.doors import ANYONE, SIGNED_IN, needs, pages

STAFF = ("binh", "chi", "dung", "lan", "giang", "minh", "quan")
# Rows of An and of where they live: whoever may do the same elsewhere, Hà, finds nothing.
AN_S = ("dossiers", "people", "units", "roles", "role_list", "membership")


@pytest.fixture
def world(standing, monkeypatch):
    """Without pages and log entries that tell of a refusal: they cost most of the walk and say nothing here."""
    for status in (403, 404):
        monkeypatch.setattr(f"config.urls.handler{status}", _plain(status))
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    sample_criteria()
    standing.quan = add_user("quan", "Dương Quốc Quản", is_superuser=True)
    return standing


@pytest.mark.slow(reason="One walk over every address of the site, as all for whom it is and is not.")
def test_pages_open_to_whom_they_are_for_and_to_nobody_else(world, client):
    rows, wrong = _rows(world), []
    visits: dict[str, list[tuple[str, str, bool]]] = {}
    for name, pattern in sorted(pages(), key=lambda page: page[0]):
        address, needed = _address(name, pattern, rows), needs()[name]
        is_list = not _asked(pattern)
        for who, opens in _visitors(world, name, needed, is_list):
            visits.setdefault(who, []).append((name, address, opens))
    for who, asked in visits.items():
        client.logout()
        if who:
            client.force_login(getattr(world, who))
        for name, address, opens in asked:
            if _is_closed(client, address) == opens:
                wrong.append((who or "visitor", name, "is closed" if opens else "is open"))
    assert not wrong, "\n".join(map(" ".join, wrong))


def _visitors(world, name, needed, is_list):
    """Who is sent, and whether it opens: to lists all whom it is not for, to a row one of them; and one whom it is for.
    Which one follows from the name."""
    turn = sum(name.encode())
    if needed == ANYONE:
        return [("", True)] if is_list and name not in _BY_STATE else []
    if needed == SIGNED_IN:
        return [("", False), *([("an", True)] if is_list and name not in _BY_STATE else [])]
    actions = needed if isinstance(needed, tuple) else (needed,)
    allowed = [who for who in STAFF if any(may(getattr(world, who), action) for action in actions)]
    others = [who for who in STAFF if who not in allowed]
    if not is_list:
        others = others[turn % len(others) :][:1]
        if name.partition(":")[0] in AN_S and may(world.ha, actions[0]):
            others.append("ha")
    inside = [(allowed[turn % len(allowed)], True)] if is_list and name not in _BY_STATE else []
    return [("", False), ("an", False), *((who, False) for who in others), *inside]


# Pages that answer by what there is: nothing to fetch, nobody to choose for.
_BY_STATE = {"notices:switch_on_device", "question_exchange:download", "membership:chapter", "privacy:carry_out"}
_BY_STATE |= {"membership:ask_by_phone", "xapi:root"}  # no channel, no key of a machine
_BY_STATE |= {"new_course"}  # no list of courses


def _is_closed(client, address) -> bool:
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()  # which closes the file
    if answer.status_code == 405:
        answer = client.post(address)
    if answer.status_code == 302:
        return answer["Location"].startswith("/tai-khoan/login/") or answer["Location"] == "/quan-tri/"
    return answer.status_code in (401, 403, 404)


def _rows(world) -> dict[str, object]:
    dossier = submitted_dossier(world.an)
    criteria = CriteriaSet.objects.filter(group=TargetGroup.RESIDENTS).get()
    office = Membership.objects.get(person=world.chi.person, role=Role.CHAPTER_OFFICER)
    own = {"dossiers": dossier, "people": world.an.person, "units": world.chapter, "roles": office, "role_list": office}
    own |= {"criteria": criteria, "criteria_sets": criteria}
    return {f"{room}:pk": row.pk for room, row in own.items()} | {
        "person_pk": world.an.person.pk, "person_id": world.an.person.pk, "code": world.an.person.code, "year": YEAR,
        "unit_pk": world.chapter.pk, "unit_code": world.chapter.code, "step_pk": ReviewStep.objects.first().pk,
    }  # fmt: skip


def _asked(pattern) -> list[str]:
    return list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)


def _address(name, pattern, rows) -> str:
    room, written = name.partition(":")[0], str(pattern.pattern)
    kinds = {key: type(converter).__name__ for key, converter in pattern.pattern.converters.items()}
    given = {}
    for key in _asked(pattern):
        choices = re.search(rf"\(\?P<{key}>([a-z/-]+)\|", written)
        if kinds.get(key) == "UUIDConverter" or f"(?P<{key}>[0-9a-f-]" in written:
            given[key] = UUID(int=1)
        else:
            given[key] = rows.get(f"{room}:{key}") or rows.get(key) or (choices[1] if choices else 1)
    return reverse(name, kwargs=given)


def _plain(status):
    return lambda request, exception=None: HttpResponse(status=status)
