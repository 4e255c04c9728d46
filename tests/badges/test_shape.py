"""What a credential must look like, member by member: what W3C's data model refuses is refused whoever signed it, and
what it allows is read, though our own badges never look so."""

import copy
import datetime
import gzip
import json

import pytest

from badges import keys, status
from badges.findings import find, read_badge
from badges.keys import base64url
from badges.proofs import CREDENTIALS, OPEN_BADGES, NotGenuineError, as_jwt, canonical, with_proof

NOW = datetime.datetime(2026, 11, 24, 3, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(days=1)
EVENT = {"@vocab": "https://example.org/words#"}
URL = "https://example.org/1"
ENTRY = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
         "statusListCredential": "https://example.vn/0.json"}  # fmt: skip


def badge(**changes):
    """A small badge as others make them; a change of ... takes the member out."""
    whole = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": "https://example.vn/xac-minh/1/",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Công dân học tập năm 2026",
        "issuer": {"id": keys.issuer(), "type": ["Profile"], "name": "Đà Nẵng"},
        "validFrom": "2026-11-20T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": "Trần Thị An", "identityType": "name"}
            ],
            "achievement": {
                "id": "https://example.vn/#2026",
                "type": ["Achievement"],
                "name": "Danh hiệu",
                "description": "Công nhận",
                "criteria": {"narrative": "Đạt"},
            },
        },
        "credentialStatus": {**ENTRY},
    }
    return {name: value for name, value in (whole | changes).items() if value is not ...}


def signed(credential):
    return with_proof(credential, keys.signing_key(), NOW)


def read(document):
    known = keys.public_keys()
    return find(read_badge(json.dumps(document), known, LATER), known, LATER, None)


def refused(document, match):
    with pytest.raises(NotGenuineError, match=match):
        read(document)


def test_the_badge_itself_is_good():
    assert read(signed(badge())).name == "Trần Thị An"


SUBJECT = badge()["credentialSubject"]


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": keys.issuer},  # a function: the issuer follows from the site's address
        {"credentialSubject": [SUBJECT, {"id": "did:example:other"}]},
        {"credentialSubject": [{"id": "did:example:other"}, SUBJECT]},
        {"validFrom": ...},
        {"id": ...},
        {"credentialStatus": ...},
        {"credentialStatus": [ENTRY, ENTRY | {"id": "https://example.vn/0.json#7", "statusPurpose": "suspension"}]},
        {"type": ["OpenBadgeCredential", "VerifiableCredential"]},
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "https://example.org/kinds#Sample"]},
        {"@context": [CREDENTIALS, OPEN_BADGES, EVENT]},
        {"@context": [CREDENTIALS, OPEN_BADGES, {"Prize": "https://example.org/kinds#Prize"}],
         "type": ["VerifiableCredential", "OpenBadgeCredential", "Prize"]},
        {"name": {"@value": "Learning Citizen", "@language": "en"}},
        {"name": {"@value": "Learning Citizen", "@language": "en", "@direction": "ltr"}},
        {"name": [{"@value": "Learning Citizen", "@language": "en"}, {"@value": "Công dân", "@language": "vi"}]},
        {"description": "…"},
        {"validFrom": "2026-11-20T00:00:00.123Z"},
        {"validFrom": "2026-11-20T00:00:00-07:00"},
        {"validFrom": "2026-11-19T24:00:00Z"},
        {"validFrom": "2026-11-20T00:00:00"},  # "MUST be interpreted as UTC"
        {"validUntil": "2099-11-20T00:00:00+14:00"},
        {"validFrom": "2026-11-20T00:00:00Z", "validUntil": "2026-12-20T00:00:00Z"},
        {"credentialSchema": {"id": URL, "type": "JsonSchema"}},
        {"credentialSchema": [{"id": URL, "type": "JsonSchema"}, {"id": URL, "type": "JsonSchema"}]},
        {"@context": [CREDENTIALS, OPEN_BADGES, EVENT], "termsOfUse": {"type": "IssuerPolicy", "id": URL}},
        {"@context": [CREDENTIALS, OPEN_BADGES, EVENT], "evidence": [{"type": ["Evidence"]}, {"type": ["Evidence"]}]},
        {"@context": [CREDENTIALS, OPEN_BADGES, EVENT], "refreshService": {"type": "Refresh", "id": URL}},
        {"relatedResource": {"id": URL, "digestMultibase": "zQm"}},
    ],
)  # fmt: skip
def test_what_the_data_model_allows_is_read(changes):
    made = {name: value() if callable(value) and value is not ... else value for name, value in changes.items()}
    found = read(signed(badge(**made)))
    assert (found.name, found.achievement) == ("Trần Thị An", "Danh hiệu")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"@context": ...}, "@context"),
        ({"@context": CREDENTIALS}, "@context"),
        ({"@context": []}, "@context"),
        ({"@context": [OPEN_BADGES, CREDENTIALS]}, "@context"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, 123192875]}, "@context"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, "https ://no-url/v1"]}, "@context"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, None]}, "@context"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, "https://example.org/unheard-of/v1"]}, "not known here"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, {"VerifiableCredential": "https://example.org/x#Other"}]}, "contexts"),
        ({"id": None}, "id is not"),
        ({"id": "no url"}, "id is not"),
        ({"id": "relative"}, "id is not"),
        ({"id": [URL, URL]}, "id is not"),
        ({"type": ...}, "type"),
        ({"type": []}, "type"),
        ({"type": ["OpenBadgeCredential"]}, "VerifiableCredential"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, {"Prize": "https ://no-url#Prize"}],
          "type": ["VerifiableCredential", "OpenBadgeCredential", "Prize"]}, "meaning|contexts"),
        ({"type": ["VerifiableCredential", 7]}, "type"),
        ({"issuer": ...}, "issuer"),
        ({"issuer": None}, "issuer"),
        ({"issuer": "no url"}, "issuer"),
        ({"issuer": {"name": "Đà Nẵng"}}, "issuer.id"),
        ({"issuer": {"id": None}}, "issuer.id"),
        ({"issuer": {"id": "no url"}}, "issuer.id"),
        ({"issuer": [URL, URL]}, "issuer"),
        ({"issuer": {"id": URL, "name": {"@value": "x", "@language": "en", "url": "no"}}}, "name of issuer"),
        ({"issuer": {"id": URL, "description": 7}}, "description of issuer"),
        ({"name": {"@value": "x", "@language": "en", "extra": "no"}}, "name of"),
        ({"name": {"@language": "en"}}, "name of"),
        ({"name": {"@value": "x", "@direction": "up"}}, "name of"),
        ({"name": {"@value": "x", "@language": "not a language"}}, "name of"),
        ({"description": ["x", 7]}, "description of"),
        ({"validFrom": "Sat 25 Feb 2023 07:16:31 PM CST"}, "validFrom"),
        ({"validFrom": "2026-11-20"}, "validFrom"),
        ({"validFrom": "2026-02-30T00:00:00Z"}, "validFrom"),
        ({"validFrom": 2026}, "validFrom"),
        ({"validUntil": "2026-11-20T00:00:00 Z"}, "validUntil"),
        ({"validFrom": "2026-11-20T00:00:00Z", "validUntil": "2026-11-19T23:59:59Z"}, "before"),
        ({"credentialSubject": ...}, "credentialSubject"),
        ({"credentialSubject": {}}, "credentialSubject"),
        ({"credentialSubject": []}, "credentialSubject"),
        ({"credentialSubject": [SUBJECT, {}]}, "credentialSubject"),
        ({"credentialSubject": "An"}, "credentialSubject"),
        ({"credentialSubject": SUBJECT | {"id": ["did:example:a", "did:example:b"]}}, "credentialSubject.id"),
        ({"credentialSubject": SUBJECT | {"id": "no url"}}, "credentialSubject.id"),
        ({"credentialStatus": {"id": URL}}, "credentialStatus has no type"),
        ({"credentialStatus": ENTRY | {"type": 2}}, "credentialStatus has no type"),
        ({"credentialStatus": ENTRY | {"id": "no url"}}, "credentialStatus.id"),
        ({"credentialStatus": ENTRY | {"id": [URL, URL]}}, "credentialStatus.id"),
        ({"credentialStatus": ENTRY | {"statusListIndex": 7}}, "statusListIndex"),
        ({"credentialStatus": ENTRY | {"statusListIndex": "-7"}}, "statusListIndex"),
        ({"credentialStatus": ENTRY | {"statusPurpose": None}}, "statusPurpose"),
        ({"credentialStatus": ENTRY | {"statusListCredential": "no url"}}, "statusListCredential"),
        ({"credentialStatus": []}, "credentialStatus"),
        ({"credentialSchema": {"id": URL}}, "credentialSchema has no type"),
        ({"credentialSchema": {"type": "JsonSchema"}}, "credentialSchema.id"),
        ({"credentialSchema": {"type": "JsonSchema", "id": 7}}, "credentialSchema.id"),
        ({"credentialSchema": "https://example.org/schema"}, "credentialSchema"),
        ({"evidence": {"id": URL}}, "evidence has no type"),
        ({"evidence": "seen"}, "evidence"),
        ({"termsOfUse": {"id": URL}}, "termsOfUse has no type"),
        ({"termsOfUse": [{"type": "IssuerPolicy"}, {"id": URL}]}, "termsOfUse has no type"),
        ({"refreshService": {"id": URL}}, "refreshService has no type"),
        ({"refreshService": {"type": "Refresh", "id": "no url"}}, "refreshService.id"),
        ({"renderMethod": {"id": URL}}, "renderMethod has no type"),
        ({"confidenceMethod": {"id": URL}}, "confidenceMethod has no type"),
        ({"relatedResource": {"digestSRI": "sha256-x"}}, "relatedResource.id"),
        ({"relatedResource": {"id": URL}}, "no digest"),
        ({"relatedResource": [{"id": URL, "digestSRI": "x"}, {"id": URL, "digestSRI": "y"}]}, "twice"),
    ],
)  # fmt: skip
def test_what_the_data_model_refuses_is_refused(changes, match):
    refused({**badge(**changes), "proof": signed(badge())["proof"]}, match)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        (None, "proof is no object"),
        ([], "does not name"),
        ({"type": ...}, "proof has no type"),
        ({"type": "Ed25519Signature2020"}, "expected kind"),
        ({"cryptosuite": ...}, "proof.cryptosuite"),
        ({"cryptosuite": "eddsa-jcs-2022"}, "expected kind"),
        ({"proofPurpose": ...}, "proof.proofPurpose"),
        ({"proofPurpose": "authentication"}, "expected kind"),
        ({"verificationMethod": ...}, "proof.verificationMethod"),
        ({"verificationMethod": "no url"}, "proof.verificationMethod"),
        ({"verificationMethod": "did:web:elsewhere.vn#key"}, "does not name"),
        ({"proofValue": ...}, "proof.proofValue"),
        ({"proofValue": 7}, "proof.proofValue"),
        ({"proofValue": "uAAAA"}, "broken"),
        ({"proofValue": "zAAAA"}, "does not fit"),
        ({"id": "no url"}, "proof.id"),
        ({"created": "yesterday"}, "proof.created"),
        ({"created": "2026-11-24T03:00:01Z"}, "does not fit"),
        ({"expires": 7}, "proof.expires"),
        ({"expires": "2026-11-24T04:00:00Z"}, "expired"),
        ({"challenge": 7}, "proof.challenge"),
        ({"nonce": 7}, "proof.nonce"),
        ({"domain": [7]}, "proof.domain"),
        ({"previousProof": "urn:uuid:1"}, "expected kind"),
        ({"@context": [CREDENTIALS]}, "expected kind"),
    ],
)
def test_each_member_of_a_proof_is_asked(changes, match):
    whole = signed(badge())
    if not isinstance(changes, dict):
        refused(whole | {"proof": changes}, match)
        return
    proof = {name: value for name, value in (whole["proof"] | changes).items() if value is not ...}
    refused(whole | {"proof": proof}, match)


def test_of_several_proofs_ours_must_hold():
    whole, other = signed(badge()), keys.key_of(keys.new_secret(), keys.issuer())
    foreign = with_proof(badge(), other, NOW)["proof"]
    assert read(whole | {"proof": [whole["proof"]]})
    assert read(whole | {"proof": [foreign, whole["proof"]]})
    refused(whole | {"proof": [foreign]}, "does not name")
    refused(whole | {"proof": [whole["proof"], whole["proof"] | {"created": "2020-01-01T00:00:00Z"}]}, "does not fit")


def test_a_member_that_stands_twice_is_refused():
    text = json.dumps(signed(badge()))
    with pytest.raises(NotGenuineError, match="broken"):
        read_badge(text.replace('"validFrom"', '"id": "https://example.vn/2", "validFrom"', 1), keys.public_keys(), NOW)


def test_what_holds_no_more_is_refused():
    refused(signed(badge(validUntil="2026-11-24T12:00:00Z")), "was valid until")
    refused(signed(badge(validFrom="2099-11-24T12:00:00Z")), "not valid yet")


def jwt_with(**claims):
    """A JWT signed with the site's key over those claims too."""
    key, header = keys.signing_key(), json.loads(_decoded(as_jwt(badge(), keys.signing_key()).split(".")[0]))
    body = json.loads(_decoded(as_jwt(badge(), key).split(".")[1])) | claims
    text = ".".join(base64url(json.dumps(part).encode()) for part in (header, body))
    return f"{text}.{base64url(key.sign(text.encode()))}"


def _decoded(part):
    return keys.from_base64url(part)


@pytest.mark.parametrize(
    ("claims", "match"),
    [
        ({"exp": NOW.timestamp()}, "at this moment"),
        ({"nbf": 4_000_000_000}, "at this moment"),
        ({"exp": "never"}, "at this moment"),
        ({"jti": "https://example.vn/another"}, "another credential"),
        ({"iss": "did:web:elsewhere.vn"}, "does not fit"),
        ({"type": ["OpenBadgeCredential"]}, "VerifiableCredential"),
        ({"validFrom": "yesterday"}, "validFrom"),
    ],
)
def test_what_stands_around_a_jwt_is_asked_too(claims, match):
    assert read_badge(jwt_with(), keys.public_keys(), LATER)
    with pytest.raises(NotGenuineError, match=match):
        read_badge(jwt_with(**claims), keys.public_keys(), LATER)


def status_list(**changes):
    whole = {
        "@context": [CREDENTIALS],
        "id": ENTRY["statusListCredential"],
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": keys.issuer(),
        "validFrom": "2026-11-24T03:00:00Z",
        "credentialSubject": {"id": f"{URL}#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
                              "encodedList": status.encoded([7])},
    }  # fmt: skip
    return signed(whole | changes)


def asked(listed):
    known = keys.public_keys()
    return find(read_badge(json.dumps(signed(badge())), known, LATER), known, LATER, listed)


def test_a_status_list_says_when_it_was_made():
    found = asked(status_list())
    assert (found.is_revoked, found.status.made_at) == (True, NOW)


def test_a_status_list_that_holds_no_more_or_is_none_is_refused():
    short = "u" + base64url(gzip.compress(bytes(16)))
    for changes, match in (
        ({"validUntil": "2026-11-24T12:00:00Z"}, "was valid until"),
        ({"validFrom": "2099-11-24T12:00:00Z"}, "not valid yet"),
        ({"validFrom": ...}, "no badge"),
        ({"id": "https://example.vn/1.json"}, "another"),
        ({"type": ["VerifiableCredential"]}, "no status list"),
        ({"credentialSubject": status_list()["credentialSubject"] | {"statusPurpose": "suspension"}}, "another"),
        ({"credentialSubject": status_list()["credentialSubject"] | {"encodedList": short}}, "no badge"),
        ({"type": ["VerifiableCredential", "BitstringStatusListCredential", "Unmapped"]}, "no meaning"),
    ):
        kept = copy.deepcopy(status_list(**{name: value for name, value in changes.items() if value is not ...}))
        if changes.get("validFrom") is ...:
            kept = signed({name: value for name, value in kept.items() if name not in ("proof", "validFrom")})
        with pytest.raises(NotGenuineError, match=match):
            asked(kept)


def test_six_nameless_parts_that_all_know_each_other_are_refused_before_they_are_told_apart():
    names = [f"_:b{number}" for number in range(6)]
    known = [{"id": name, "knows": [{"id": other} for other in names if other != name]} for name in names]
    document = signed(badge()) | {"@context": [CREDENTIALS, OPEN_BADGES, EVENT], "knows": known}
    with pytest.raises(ValueError, match="told apart"):
        canonical({name: value for name, value in document.items() if name != "proof"})
    refused(document, "the document or its proof is broken")
