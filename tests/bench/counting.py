"""How many queries a request takes: counted in this process, on the same database and cache as the server's."""

from typing import Any

from django.test import Client

from assessments.bank import versions
from tests.bench.learners import Learner
from tests.bench.scenarios import Job
from tests.queries import count_queries


class CountedBrowser:
    """Sends as ``scenarios.Browser`` does, to the site in this process."""

    def __init__(self, cookie: str) -> None:
        self.client = Client(headers={"Host": "127.0.0.1"})
        name, _equals, value = cookie.partition("=")
        self.client.cookies[name] = value

    def get(self, path: str) -> None:
        self._demand_well(self.client.get(path))

    def post_json(self, path: str, body: object) -> None:
        self._demand_well(self.client.post(path, body, content_type="application/json"))

    def post_form(self, path: str, body: str) -> None:
        self._demand_well(self.client.post(path, body, content_type="application/x-www-form-urlencoded"))

    def _demand_well(self, response: Any) -> None:
        if response.status_code >= 400:
            raise SystemExit(f"{response.status_code}\n{response.content[:800]!r}")


def most(learner: Learner, job: Job) -> int:
    """Where everything comes together: a process that has met no question."""
    browser = CountedBrowser(learner.cookie)
    browser.get("/hoc-tap/")
    versions._kept.clear()
    return count_queries(lambda: job(browser, learner))
