"""Web push: to a browser, through whichever push service it named. One that is away holds no other up."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from interface.owner import owner
from work import web_push
from work.carriers.contract import AwayError, Give, NobodyThereError, RefusedError
from work.carriers.waiting import seconds_of
from work.letters import opened_note
from work.outside import Answer, Outside, Place, place_of

_RESTS = 60  # seconds, where a service does not say how long
_KEPT = 3 * 24 * 60 * 60  # seconds that a service tries to reach a browser that is off
_GONE, _REFUSED, _NOT_FROM_US = {404, 410}, {400, 413}, {401, 403}


class Push:
    """On with a key (``settings.PUSH_KEY``)."""

    name, a_minute = "push", 0

    @property
    def is_on(self) -> bool:
        return bool(settings.PUSH_KEY)

    @contextmanager
    def connected(self) -> Iterator[Give]:
        outside = Outside()
        try:
            yield partial(_give, outside)
        finally:
            outside.close()


def _give(outside: Outside, _device: str, content: bytes) -> None:
    """``content``: the subscription, and what is told: ``title`` and ``path``."""
    note = opened_note(content)
    place = place_of(note["endpoint"])
    if cache.get(_resting(place)):
        raise RefusedError(_("The push service %(name)s asked to be left alone.") % {"name": place.host})
    text = json.dumps({name: note[name] for name in ("id", "title", "path")}, ensure_ascii=False).encode()
    once, salt = generate_private_key(SECP256R1()), os.urandom(16)
    body = web_push.seal(text, note["p256dh"], note["auth"], once=once, salt=salt)
    try:
        answer = outside.post(place, _headers(place, note["id"]), body)
    except AwayError as fault:
        raise _left_alone(place, _("The push service %(name)s does not answer.") % {"name": place.host}) from fault
    _judge(place, answer)


def _headers(place: Place, topic: str) -> dict[str, str]:
    """Of messages of one topic that wait at the service a browser gets the last: what goes twice comes once."""
    address = owner().email
    contact = f"mailto:{address}" if address else settings.BASE_URL
    return {
        "Authorization": web_push.signed(place.origin, contact, settings.PUSH_KEY, timezone.now()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Topic": topic,
        "TTL": str(_KEPT),
    }


def _judge(place: Place, answer: Answer) -> None:
    if 200 <= answer.status < 300:
        return
    if answer.status in _GONE:
        raise NobodyThereError(_("This device takes no notices any more."))
    told = _("The push service %(name)s answers with %(status)d.") % {"name": place.host, "status": answer.status}
    if answer.status in _REFUSED | _NOT_FROM_US:
        raise RefusedError(told, is_of_us=answer.status in _NOT_FROM_US)
    raise _left_alone(place, told, seconds_of(answer.retry_after))


def _left_alone(place: Place, problem: str, seconds: int = 0) -> RefusedError:
    """Nothing goes there for so long; letters to other services go on."""
    cache.set(_resting(place), True, max(seconds, _RESTS))
    return RefusedError(problem, is_of_us=True)


def _resting(place: Place) -> str:
    return f"work.push-rests:{place.host}"
