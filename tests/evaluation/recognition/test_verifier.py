"""A verifier that shares no code with ours, nor a language: npm's @digitalbazaar/vc in Node, without a network."""

import copy
import json
from pathlib import Path

import pytest
from django.utils import timezone

from badges import credentials, keys, status
from badges.keys import base64url
from badges.proofs import CREDENTIALS, OPEN_BADGES, context
from evaluation.recognition.actions import revoke
from evaluation.recognition.credentials import TITLES, achieved
from evaluation.recognition.models import Title
from tests.factories.recognition import title_of
from tests.laid import laid_once
from tests.node import node

SCRIPTS = Path(__file__).parent / "verifier"


def verified(credential, *status_lists):
    did = keys.did_document(keys.public_keys())
    documents = {did["id"]: did, **{found["id"]: found for found in status_lists}}
    return node(SCRIPTS / "verify.mjs", {"credential": credential, "documents": documents})


@pytest.fixture
@laid_once
def title(world):
    return Title.objects.for_certificate().get(pk=title_of(world.an, world).pk)


@pytest.fixture
def key():
    return keys.signing_key()


def test_an_independent_verifier_accepts_a_badge(title, key):
    badge = credentials.badge_of(achieved(title), key, timezone.now())
    answer = verified(badge, credentials.status_list(TITLES, status.place_of(title.pk)[0], key, timezone.now()))
    assert answer["verified"], answer
    assert answer["details"] == [{"purpose": "revocation", "status": False}]


def changed(badge, *path, to):
    other = copy.deepcopy(badge)
    place = other
    for step in path[:-1]:
        place = place[step]
    assert place[path[-1]] != to
    place[path[-1]] = to
    return other


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("credentialSubject", "identifier", 0, "identityHash"), "Trần Thị Ân"),
        (("credentialSubject", "achievement", "name"), "Danh hiệu “Công dân học tập” năm 2027"),
        (("credentialSubject", "achievement", "alignment", 3, "targetCode"), "5"),
        (("credentialStatus", "statusListIndex"), "1"),
        (("validFrom",), "2020-01-01T00:00:00Z"),
        (("proof", "created"), "2020-01-01T00:00:00Z"),
        (("added",), "a word without meaning"),
    ],
)
def test_an_independent_verifier_refuses_a_badge_with_a_changed_letter(title, key, path, to):
    badge = credentials.badge_of(achieved(title), key, timezone.now())
    badge.setdefault("added", None)
    other = changed(badge, *path, to=to)
    if path != ("added",):
        del other["added"]
    answer = verified(other, credentials.status_list(TITLES, status.place_of(title.pk)[0], key, timezone.now()))
    assert not answer["verified"]


def test_an_independent_verifier_sees_a_revocation(title, key, world):
    badge = credentials.badge_of(achieved(title), key, timezone.now())
    revoke(title=title, reason="Nhầm người", by=world.lan, at=timezone.now())
    answer = verified(badge, credentials.status_list(TITLES, status.place_of(title.pk)[0], key, timezone.now()))
    assert answer["details"] == [{"purpose": "revocation", "status": True}]


def test_an_independent_verifier_accepts_what_a_retired_key_signed(title, settings):
    old = keys.signing_key()
    badge = credentials.badge_of(achieved(title), old, timezone.now())
    settings.BADGE_SIGNING_KEY = keys.new_secret()
    settings.BADGE_RETIRED_KEYS = [old.public.multibase]
    number = status.place_of(title.pk)[0]
    assert verified(badge, credentials.status_list(TITLES, number, keys.signing_key(), timezone.now()))["verified"]
    settings.BADGE_RETIRED_KEYS = []
    assert not verified(badge, credentials.status_list(TITLES, number, keys.signing_key(), timezone.now()))["verified"]


def test_the_jwt_verifies_with_nothing_but_the_issuers_document(title, key):
    did = keys.did_document(keys.public_keys())
    token = credentials.badge_jwt_of(achieved(title), key)
    answer = node(SCRIPTS / "verify-jwt.mjs", {"jwt": token, "did": did})
    assert answer["verified"]
    assert answer["claims"]["iss"] == did["id"]
    assert answer["claims"]["credentialSubject"]["identifier"][0]["identityHash"] == "Trần Thị An"
    head, body, signature = token.split(".")
    claims = json.dumps(answer["claims"], ensure_ascii=False).replace("Trần", "Trân")
    for other in (f"{head}.{base64url(claims.encode())}.{signature}", f"{head}.{body}.{signature[::-1]}"):
        assert not node(SCRIPTS / "verify-jwt.mjs", {"jwt": other, "did": did})["verified"]


def test_our_contexts_are_those_that_the_verifier_brings():
    assert node(SCRIPTS / "contexts.mjs", {CREDENTIALS: context(CREDENTIALS), OPEN_BADGES: context(OPEN_BADGES)}) == {
        CREDENTIALS: True,
        OPEN_BADGES: True,
    }
