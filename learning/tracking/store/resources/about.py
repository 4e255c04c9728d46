"""Which versions the store speaks (Communication 2.8)."""

from django.http import HttpResponse

from learning.tracking.store.calls import Call, json_answer
from learning.tracking.store.requests import VERSION_HEADER

_OLD = ["1.0.0", "1.0.1", "1.0.2", "1.0.3"]


def read(call: Call) -> HttpResponse:
    """A client that speaks 1.0.x is told what that version allows to be named: no version after it."""
    call.expect()
    speaks_old = call.request.header(VERSION_HEADER).startswith("1.0")
    return json_answer({"version": _OLD if speaks_old else [*_OLD, "2.0.0"]})
