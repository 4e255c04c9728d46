"""Slow and broken off bodies, and one worker that goes on meanwhile. Granian itself: `make test-faults`."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from config import bodies
from config.bodies import MOST_BYTES, THREADS, TakesBodiesIn


class Stalled:
    """What a client sent, and then nothing until it is let go."""

    def __init__(self, sent=b""):
        self.sent, self.let_go = io.BytesIO(sent), threading.Event()

    def read(self, size):
        return self.sent.read(size) or (self.let_go.wait(10) and b"")


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def bodies_read():
    return [thread for thread in threading.enumerate() if "(_read)" in thread.name]


@pytest.fixture
def site():
    return TakesBodiesIn(echo, patience=0.2)


def ask(site, body=None, length=None):
    """The status and the body of the answer."""
    told = []
    environ = {"wsgi.input": body or io.BytesIO()} | ({} if length is None else {"CONTENT_LENGTH": str(length)})
    answer = b"".join(site(environ, lambda status, _headers: told.append(status)))
    return told[0][:3], answer


@pytest.mark.parametrize("size", [1, 64 * 1024, 2_000_001])
def test_what_is_sent_arrives_whole(site, size):
    sent = bytes(range(256)) * (size // 256 + 1)
    assert ask(site, io.BytesIO(sent), size) == ("200", sent[:size])


def test_who_sends_nothing_is_not_waited_for(site):
    assert ask(site) == ("200", b"")
    assert ask(site, length="nonsense") == ("200", b"")


def test_who_stops_sending_is_given_up(site):
    stalled = Stalled(b"half")
    assert ask(site, stalled, 1_000)[0] == "408"
    assert bodies_read()
    stalled.let_go.set()


def test_who_sends_a_byte_at_a_time_is_given_up(site):
    class Trickle:
        def read(self, _size):
            return sleep(0.05) or b"x"

    assert ask(site, Trickle(), 1_000)[0] == "408"


def test_a_disk_that_is_full_is_said(site, monkeypatch):
    with open("/dev/full", "wb", buffering=0) as full:
        monkeypatch.setattr(bodies, "SpooledTemporaryFile", lambda _size: full)
        assert ask(site, io.BytesIO(bytes(10_000_000)), 10_000_000)[0] == "507"
    began = monotonic()
    while bodies_read() and monotonic() - began < 5:
        sleep(0.01)
    assert not bodies_read()


def test_what_broke_off_reaches_no_form(site):
    assert ask(site, io.BytesIO(b"name=An&no"), 1_000)[0] == "400"


def test_what_is_too_large_is_not_even_read(site):
    stalled = Stalled()
    assert ask(site, stalled, MOST_BYTES + 1)[0] == "413"


def test_however_many_stall_pages_are_served_and_senders_told_to_come_again():
    site = TakesBodiesIn(echo, patience=5)
    stalled = [Stalled() for _thread in range(THREADS - 2)]
    with ThreadPoolExecutor(THREADS) as threads:
        waiting = [threads.submit(ask, site, one, 10) for one in stalled]
        assert threads.submit(ask, site).result(5)[0] == "200"
        assert threads.submit(ask, site, io.BytesIO(b"an answer"), 9).result(3)[0] == "503"
        for one in stalled:
            one.let_go.set()
        assert {one.result(5)[0] for one in waiting} == {"400"}
    assert ask(site, io.BytesIO(b"an answer"), 9) == ("200", b"an answer")
