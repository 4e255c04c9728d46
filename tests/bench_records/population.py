"""Statements as content of courses makes them, some 1.3 kB each, put in by COPY."""

from __future__ import annotations

import base64
import datetime
import json
import random
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import django
from django.utils import timezone

from tests.bench.server import ROOT

sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
django.setup()

from django.db import connection  # noqa: E402

from learning.tracking import actions  # noqa: E402
from learning.tracking.models import Scope  # noqa: E402
from learning.tracking.xapi.clients import learner_agent, site_client  # noqa: E402
from learning.tracking.xapi.terms import prepare  # noqa: E402

VERBS = [
    f"http://adlnet.gov/expapi/verbs/{name}" for name in ("answered", "completed", "passed", "progressed", "failed")
]
_KEY = "ALTER TABLE tracking_statementterm {} CONSTRAINT tracking_statementterm_pkey"


def make_credential() -> str:
    credential, secret = actions.make_credential(name="bench", scopes=list(Scope), by=None, at=timezone.now())
    return "Basic " + base64.b64encode(f"{credential.key}:{secret}".encode()).decode()


def a_statement(chance: random.Random, people: int) -> dict[str, Any]:
    """One of ``people`` learners at one of 2,000 questions of 200 courses."""
    course, question = chance.randrange(200), chance.randrange(10)
    activity = f"https://hoc.example.vn/khoa-hoc/{course}/cau-hoi/{question}"
    verb = chance.choice(VERBS)
    return {
        "actor": learner_agent(UUID(int=chance.randrange(people))),
        "verb": {"id": verb, "display": {"en-US": verb.rpartition("/")[2], "vi": "đã trả lời câu hỏi của bài"}},
        "object": {
            "objectType": "Activity",
            "id": activity,
            "definition": {
                "name": {"vi": f"Câu hỏi {question} của khóa học số {course}: kỹ năng số trong đời sống hằng ngày"},
                "description": {"vi": "Chọn câu trả lời đúng nhất về mật khẩu, tin giả và dịch vụ công trực tuyến."},
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "interactionType": "choice",
                "correctResponsesPattern": ["a[,]c"],
                "choices": [{"id": key, "description": {"vi": f"Phương án {key}"}} for key in "abcd"],
            },
        },
        "result": {"score": {"scaled": 0.5, "raw": 1, "min": 0, "max": 2}, "success": False, "completion": True,
                   "response": "a[,]b", "duration": "PT12.5S"},
        "context": {
            "registration": str(UUID(int=chance.randrange(people * 4))),
            "contextActivities": {
                "parent": [{"id": f"https://hoc.example.vn/khoa-hoc/{course}"}],
                "grouping": [{"id": "https://hoc.example.vn/chuong-trinh/ky-nang-so"}],
            },
            "platform": "Công dân học tập", "language": "vi",
        },
        "timestamp": "2026-05-04T08:30:00Z",
    }  # fmt: skip


def load(size: int) -> list[str]:
    """Fills the store up with ``size`` statements of the last hundred days; gives addresses that find among them."""
    people = max(size // 20, 1)
    with connection.cursor() as cursor:
        cursor.execute(_KEY.format("DROP"))
        terms: list[tuple[str, str, str]] = []
        columns = "(id, stored, body, is_voiding)"
        with cursor.copy(f"COPY tracking_statement {columns} FROM STDIN") as copy:
            for row in _rows(size, people):
                copy.write_row((row.id.hex, row.stored.isoformat(), json.dumps(row.body), False))
                terms += [(term.hex, row.stored.isoformat(), row.id.hex) for term in row.terms]
        with cursor.copy("COPY tracking_statementterm (term, stored, statement_id) FROM STDIN") as copy:
            for one in terms:
                copy.write_row(one)
        cursor.execute(_KEY.format("ADD") + " PRIMARY KEY (term, stored, statement_id)")
        cursor.execute("VACUUM ANALYZE tracking_statement, tracking_statementterm")
    return list(_addresses(people))


def _rows(size: int, people: int) -> Iterator[Any]:
    chance, by, start = random.Random(4), site_client(), timezone.now() - datetime.timedelta(days=100)
    step = datetime.timedelta(days=100) / size
    for place in range(size):
        yield prepare(a_statement(chance, people), by, start + place * step, "2.0.0")


def _addresses(people: int) -> Iterator[str]:
    chance = random.Random(5)
    for _step in range(2000):
        course, question = chance.randrange(200), chance.randrange(10)
        agent = {"agent": json.dumps(learner_agent(UUID(int=chance.randrange(people))))}
        verb = {"verb": chance.choice(VERBS)}
        activity = {"activity": f"https://hoc.example.vn/khoa-hoc/{course}/cau-hoi/{question}"}
        whole = {"activity": f"https://hoc.example.vn/khoa-hoc/{course}", "related_activities": "true"}
        registration = {"registration": str(UUID(int=chance.randrange(people * 4)))}
        for params in (agent, agent | verb, activity, activity | verb, whole | verb, registration, verb):
            yield "/xapi/statements?" + urlencode({**params, "limit": "25"})
