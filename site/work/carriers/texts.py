"""Short messages: SMS and Zalo, by any gateway that keeps the contract of docs/how-to/channels.md."""

import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import urllib3
from django.conf import settings
from django.utils.translation import gettext as _

from work.carriers.contract import AwayError, Give, NobodyThereError, RefusedError
from work.carriers.waiting import seconds_of
from work.letters import opened_note

_SECONDS = urllib3.Timeout(connect=5, read=10)
_MOST_READ = 10_000  # of an answer
_TAKEN_BEFORE = 409
_REFUSED = {400, 413, 422}


@dataclass(frozen=True)
class Texts:
    """``settings.TEXT_CHANNELS`` says where the gateway of that name is, and the secret that both know."""

    name: str

    @property
    def is_on(self) -> bool:
        return bool(settings.TEXT_CHANNELS[self.name]["url"])

    @property
    def a_minute(self) -> int:
        return int(settings.TEXT_CHANNELS[self.name]["a_minute"])

    @contextmanager
    def connected(self) -> Iterator[Give]:
        """A gateway that is not there is found so by the first message."""
        with urllib3.PoolManager(num_pools=1, maxsize=1) as pool:
            yield partial(self._give, pool)

    def _give(self, pool: urllib3.PoolManager, address: str, content: bytes) -> None:
        note = opened_note(content)
        gateway = settings.TEXT_CHANNELS[self.name]
        body = json.dumps({"id": note["id"], "to": address, "text": note["text"]}, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": note["id"],
            **_signed(body, gateway["secret"], int(time.time())),
        }
        try:
            answer = pool.request(
                "POST", gateway["url"], body=body, headers=headers, timeout=_SECONDS, retries=False, redirect=False,
                preload_content=False,
            )  # fmt: skip
            told, status = answer.read(_MOST_READ), answer.status
            after = answer.headers.get("Retry-After", "")
            answer.release_conn()
        except urllib3.exceptions.HTTPError as fault:
            raise AwayError(_("The gateway of %(name)s does not answer.") % {"name": self.name.upper()}) from fault
        self._judge(status, told, after)

    def _judge(self, status: int, told: bytes, after: str) -> None:
        if 200 <= status < 300 or status == _TAKEN_BEFORE:
            return
        if status in _REFUSED:
            refused = NobodyThereError if _error(told) == "nobody" else RefusedError
            told_why = _("The gateway of %(name)s refuses this message or its number.")
            raise refused(told_why % {"name": self.name.upper()})
        problem = _("The gateway of %(name)s answers with %(status)d: look at its address and secret.")
        raise AwayError(problem % {"name": self.name.upper(), "status": status}, seconds_of(after))


def _signed(body: bytes, secret: str, now: int) -> dict[str, str]:
    signature = hmac.digest(secret.encode(), f"{now}.".encode() + body, "sha256").hex()
    return {"X-Timestamp": str(now), "X-Signature": signature}


def _error(told: bytes) -> str:
    try:
        answer = json.loads(told)
    except ValueError:
        return ""
    return str(answer.get("error", "")) if isinstance(answer, dict) else ""
