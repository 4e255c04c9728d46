"""What others signed: whose key can be had without asking anybody, and what is said where it cannot."""

import json

import pytest

from badges.keys import PublicKey, key_of, new_secret, signing_key
from badges.proofs import NotGenuineError, as_jwt, with_proof
from badges.strangers import Signature, key_named, read_signed
from tests.badges.test_shape import LATER, NOW, badge, signed

SECRET = new_secret()
KEY = key_of(SECRET, f"did:key:{key_of(SECRET, '').public.multibase}")
WEB = key_of(SECRET, "did:web:khuyenhoc.example.vn")


def of(key):
    return badge(issuer={"id": key.public.issuer, "type": ["Profile"], "name": "Trường nghề"})


def worth(content):
    return read_signed(content if isinstance(content, str) else json.dumps(content), LATER).signature


@pytest.mark.parametrize("key", [KEY, WEB], ids=["did:key", "did:web"])
def test_a_key_that_the_file_names_tells_that_nothing_was_changed(key):
    assert worth(with_proof(of(key), key, NOW)) == worth(as_jwt(of(key), key)) == Signature.FITS


def test_our_own_key_is_known():
    assert worth(signed(badge())) == worth(as_jwt(badge(), signing_key())) == Signature.OWN


@pytest.mark.parametrize("key", [KEY, WEB])
def test_what_was_changed_is_refused(key):
    changed = {**with_proof(of(key), key, NOW), "name": "Thạc sĩ"}
    with pytest.raises(NotGenuineError):
        worth(changed)
    head, _body, signature = as_jwt(of(key), key).split(".")
    with pytest.raises(NotGenuineError):
        worth(f"{head}.{as_jwt(badge(), key).split('.')[1]}.{signature}")


def test_nobody_signs_in_anothers_name():
    with pytest.raises(NotGenuineError):
        worth(with_proof(badge(), KEY, NOW))


@pytest.mark.parametrize(
    "changes",
    [
        {"proof": ...},
        {"proof": {"type": "Ed25519Signature2020", "verificationMethod": KEY.public.name}},
        {"proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
                   "verificationMethod": "did:web:example.edu#key-1", "proofValue": "z1"}},
        {"@context": ["https://www.w3.org/ns/credentials/v2", "https://example.edu/words"]},
    ],
    ids=["none", "another kind", "another name", "other words"],
)  # fmt: skip
def test_what_cannot_be_checked_is_read_and_says_so(changes):
    document = {**with_proof(of(KEY), KEY, NOW), **changes}
    read = read_signed(json.dumps({name: value for name, value in document.items() if value is not ...}), LATER)
    assert read.signature == Signature.UNKNOWN
    assert read.credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert "proof" not in read.credential


@pytest.mark.parametrize("content", ["", "{", "a.b.c", "[]", '{"a":' * 3000, "e30.e30.e30e30.e30"])
def test_what_is_no_credential_is_refused(content):
    with pytest.raises(NotGenuineError):
        read_signed(content, LATER)


def test_a_key_is_named_after_itself():
    assert key_named(KEY.public.name) == KEY.public
    assert key_named(f"{WEB.public.name}-jwk") == WEB.public
    other = key_of(new_secret(), "").public.multibase
    for name in (None, "", 7, "did:key:z6Mk#z6Mk", f"did:key:{other}#{KEY.public.multibase}", f"https://a.vn#{other}"):
        assert key_named(name) is None
    assert PublicKey("did:web:a.vn", other) == key_named(f"did:web:a.vn#{other}")


AS_WRITTEN = {"told": {"@id": "urn:cong-dan-hoc-tap:fact", "@type": "@json"}}


@pytest.mark.parametrize("key", [KEY, signing_key], ids=["another's", "ours"])
def test_by_words_of_its_own_no_file_says_what_was_not_signed(key):
    key = key if key is KEY else key()
    document = of(key) | {"evidence": [{"type": ["Evidence"], "told": {"title": "Cử nhân"}}]}
    document["@context"] = [*document["@context"], AS_WRITTEN]
    genuine = with_proof(document, key, NOW)
    assert worth(genuine) in (Signature.FITS, Signature.OWN)
    renamed = {"@context": [*document["@context"], {"fact": "@nest", "title": "@index"}]}
    forged = {"evidence": [{**document["evidence"][0], "fact": {"title": "Tiến sĩ"}}]}
    assert worth(genuine | renamed | forged) == Signature.UNKNOWN


@pytest.mark.parametrize(
    "changes",
    [
        {"evidence": [{"type": ["Evidence"], "narrative": str(number)} for number in range(1_500)]},
        {"evidence": [{"a": [{}] * 900} for _number in range(40)]},
        {"proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
                   "verificationMethod": f"did:web:a.vn#z{'2' * 1_000_000}", "proofValue": "z1"}},
    ],
    ids=["wide", "many", "long key"],
)  # fmt: skip
def test_what_would_take_minutes_goes_unchecked(changes):
    assert worth({**with_proof(of(KEY), KEY, NOW), **changes}) == Signature.UNKNOWN
