"""With a real Redis, which is stopped, started again, and made to hang."""

import os
import shutil
import signal
import socket
import subprocess
import time

import pytest
from django.core.cache import caches

from config import redis_cache
from home import health
from work import clock, kept

pytestmark = pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")


class Redis:
    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", str(folder)]

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                os.sched_yield()

    def stop(self):
        self.process.kill()
        self.process.wait()

    def hang(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)


@pytest.fixture
def redis(settings, tmp_path):
    redis = Redis(tmp_path)
    redis.start()
    settings.CACHES = {
        "default": {
            "BACKEND": "config.redis_cache.SteadfastRedisCache",
            "LOCATION": f"redis://127.0.0.1:{redis.port}/0",
            "STAND_IN": tmp_path / "files",
        }
    }
    yield redis
    redis.stop()


@pytest.fixture
def cache(redis):
    return caches["default"]


def rest_is_over(monkeypatch):
    """As if those seconds had passed."""
    now = time.time()
    monkeypatch.setattr(redis_cache.time, "time", lambda: now + 60)


@pytest.mark.parametrize("leave", [Redis.stop, Redis.hang])
def test_files_stand_in_at_once_and_only_the_first_who_asks_waits(redis, cache, leave):
    cache.set("name", "before")
    leave(redis)
    began = time.monotonic()
    assert cache.get("name") is None
    for number in range(100):
        cache.set(f"name{number}", number)
        assert cache.get(f"name{number}") == number
    assert time.monotonic() - began < 3  # of which one may be waited for an answer


def test_limits_go_on_counting(redis, cache):
    redis.stop()
    assert cache.add("limit", 1, 60)
    assert not cache.add("limit", 1, 60)
    assert [cache.incr("limit") for _time in range(3)] == [2, 3, 4]


@pytest.mark.parametrize(("leave", "come_back"), [(Redis.stop, Redis.start), (Redis.hang, Redis.go_on)])
def test_what_was_forgotten_meanwhile_stays_forgotten(redis, cache, leave, come_back, monkeypatch):
    """A page made private, or a session that was ended: what Redis kept of it must not come back with Redis."""
    assert kept.kept("page", lambda: "open to all") == "open to all"
    cache.set("session", "signed in")
    leave(redis)
    kept.forget("page")
    cache.delete("session")
    come_back(redis)
    rest_is_over(monkeypatch)
    kept.forget_memory()
    assert kept.kept("page", lambda: "private") == "private"
    assert cache.get("session") is None
    assert not cache.is_away()


def test_nothing_of_one_time_away_is_there_in_the_next(redis, cache, monkeypatch):
    redis.stop()
    cache.set("name", "of the first")
    redis.start()
    rest_is_over(monkeypatch)
    cache.get("name")
    redis.stop()
    assert cache.get("name") is None


def test_what_a_straggler_wrote_after_the_coming_back_is_not_there_in_the_next(redis, cache):
    cache._stand_in.set("session", "signed in")
    redis.stop()
    assert cache.get("session") is None


def test_every_process_of_the_machine_rests_and_is_woken_together(redis, cache, monkeypatch):
    other = caches.create_connection("default")
    redis.hang()
    cache.set("limit", 1)
    began = time.monotonic()
    assert other.get("limit") == 1
    assert time.monotonic() - began < 0.5
    redis.go_on()
    rest_is_over(monkeypatch)
    cache.get("limit")
    assert not other.is_away()


@pytest.mark.django_db
def test_the_worker_lives_on_and_health_says_what_is_away(redis, cache, client, monkeypatch):
    redis.stop()
    clock.show_life()
    answer = client.get("/healthz")
    parts = answer.json()["parts"]
    assert answer.status_code == 503
    assert parts["cache"] == {"is_well": False, "detail": "redis is away: files of this machine stand in"}
    assert parts["worker"]["is_well"]
    redis.start()
    rest_is_over(monkeypatch)
    clock.show_life()
    assert health.report()["cache"].is_well
    assert health.report()["worker"].is_well


@pytest.mark.django_db
def test_pages_come_and_one_signs_in_while_it_hangs(redis, client, standing):
    redis.hang()
    began = time.monotonic()
    assert client.post("/tai-khoan/login/", {"login": "an", "password": "mat-khau-thu-1"}).status_code == 302
    assert client.get("/tai-khoan/").status_code == 200
    assert time.monotonic() - began < 5
