"""A file of questions on its way into the bank."""

import pytest
from django.utils import timezone

from intake import actions

TEXT = "// [id:mot]\nMột?{T}\n\n// [id:hai]\nHai?{=a ~b}\n\nBa? {~a ~b}\n\nBốn? {"


@pytest.fixture
def begin(standing, topic):
    def begin(content=TEXT, *, format="gift", difficulty="easy", **values):
        content = content if isinstance(content, bytes) else content.encode()
        details = {"format": format, "topic": topic.pk, "difficulty": difficulty}
        settled = {"kind": "questions", "name": "đề.txt", "details": details, "by": standing.binh}
        return actions.begin_import(**{**settled, "content": content, "at": timezone.now(), **values})

    return begin


@pytest.fixture
def read(begin, standing):
    def read(*args, **values):
        return actions.read_import(batch=begin(*args, **values), by=standing.binh, at=timezone.now())

    return read


@pytest.fixture
def carry_out(read, standing):
    def carry_out(*args, **values):
        asked = {"batch": read(*args, **values), "by": standing.binh, "at": timezone.now()}
        actions.order_import(**asked)
        return actions.carry_out(**asked)

    return carry_out
