import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from badges import credentials, keys, status
from badges.findings import find, read_badge
from badges.proofs import NotGenuineError, canonical, check_proof, with_proof
from evaluation.recognition.actions import revoke
from evaluation.recognition.credentials import TITLES, achieved, of_record
from evaluation.recognition.models import Title
from learning.evidence.passport.record import Holder, record_of
from tests.factories.people import add_user
from tests.factories.recognition import title_of
from tests.laid import laid_once
from tests.queries import count_queries

NOW = datetime.datetime(2026, 11, 24, 3, 0, tzinfo=datetime.UTC)


@pytest.fixture
@laid_once
def title(world):
    return Title.objects.for_certificate().get(pk=title_of(world.an, world).pk)


def badge_address(title, kind="json"):
    return reverse("recognition:badge", args=[title.code, kind])


def test_the_learning_record_holds_the_titles_that_stand(title, world):
    key = keys.signing_key()
    issuer = credentials.issuer_profile(key)
    holder = Holder(title.person.full_name, title.person.code)
    titles = of_record(title.person, issuer)
    record = with_proof(record_of(holder, [], titles, issuer, timezone.now()), key, timezone.now())
    inner = check_proof(record, [key.public], timezone.now())["credentialSubject"]["verifiableCredential"]
    assert [one["id"] for one in inner] == [credentials.credential_of(achieved(title), issuer)["id"]]
    revoke(title=title, reason="Sai người", by=world.lan, at=timezone.now())
    assert of_record(title.person, issuer) == []


@given(st.binary(max_size=70))
def test_multibase_brings_back_what_it_was_given(content):
    assert keys.from_base58(keys.base58(content)) == content
    assert keys.from_base64url(keys.base64url(content)) == content


def test_base58_is_that_of_the_standard():
    assert keys.base58(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"
    assert keys.base58(b"\0\0\x28\x7f\xb4\xcd") == "z11233QC4"


@given(
    st.integers(min_value=0, max_value=5), st.sets(st.integers(min_value=0, max_value=status.LENGTH - 1), max_size=9)
)
def test_each_title_has_a_place_of_its_own_and_a_set_bit_shows(number, rests):
    found = [status.place_of(number * status.LENGTH + rest) for rest in rests]
    assert len(set(found)) == len(rests)
    assert {list_number for list_number, _place in found} <= {number}
    listed = status.encoded(place for _number, place in found)
    assert all(status.is_set(listed, place) for _number, place in found)
    assert sum(status.is_set(listed, place) for place in range(0, status.LENGTH, 997)) <= len(rests)


def test_scattering_uses_every_place_once():
    assert len({status.place_of(key)[1] for key in range(status.LENGTH)}) == status.LENGTH


@pytest.mark.parametrize("broken", ["", "x", "uAAAA", "u" + keys.base64url(b"no gzip")])
def test_a_broken_status_list_is_said_to_be_broken(broken):
    with pytest.raises(ValueError, match="no status list"):
        status.is_set(broken, 3)


def test_the_proof_is_the_one_that_the_standard_computes():
    """The worked example of Data Integrity EdDSA Cryptosuites 1.0 uses other contexts; so this pins the parts: the
    order of hashes and the canonical form of a small document, computed by hand."""
    statement = {"@context": "https://www.w3.org/ns/credentials/v2", "id": "urn:a", "type": "VerifiableCredential"}
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    expected = f"<urn:a> <{kind}> <https://www.w3.org/2018/credentials#VerifiableCredential> .\n"
    assert canonical(statement).decode() == expected


def test_the_order_of_a_documents_parts_does_not_matter_but_each_letter_does(title):
    key = keys.signing_key()
    badge = credentials.badge_of(achieved(title), key, NOW)
    assert check_proof(dict(reversed(badge.items())), keys.public_keys(), NOW)
    for name, value in (("name", "x"), ("validFrom", "2020-01-01T00:00:00Z"), ("issuer", "did:web:elsewhere.vn")):
        with pytest.raises(NotGenuineError):
            check_proof({**badge, name: value}, keys.public_keys(), NOW)
    with pytest.raises(NotGenuineError):
        check_proof({**badge, "unheard": "of"}, keys.public_keys(), NOW)


def test_a_badge_by_another_key_is_refused(title):
    stranger = keys.key_of(keys.new_secret(), keys.issuer())
    with pytest.raises(NotGenuineError):
        check_proof(credentials.badge_of(achieved(title), stranger, NOW), keys.public_keys(), NOW)
    foreign = keys.key_of(keys.new_secret(), "did:web:elsewhere.vn")
    credential = check_proof(credentials.badge_of(achieved(title), keys.signing_key(), NOW), keys.public_keys(), NOW)
    badge = with_proof(credential, foreign, NOW)
    with pytest.raises(NotGenuineError):
        check_proof(badge, [foreign.public], NOW)


@pytest.mark.parametrize(
    "content", ["", "{", "{}", "[]", "a.b.c", "a.b", '{"proof": 3}', '{"proof": {"type": "x"}}', "é.é.é"]
)
def test_what_is_no_badge_is_refused(content):
    with pytest.raises(NotGenuineError):
        read_badge(content, keys.public_keys(), NOW)


def test_a_badge_says_what_the_certificate_says_and_no_more_of_the_person(title):
    badge = credentials.badge_of(achieved(title), keys.signing_key(), NOW)
    subject = badge["credentialSubject"]
    assert [item["identityHash"] for item in subject["identifier"]] == ["Trần Thị An", title.number]
    assert [item["targetCode"] for item in subject["achievement"]["alignment"]] == [str(n) for n in range(1, 11)]
    assert subject["achievement"]["criteria"]["narrative"].startswith("Đạt từ 80 điểm")
    text = json.dumps(badge)
    assert title.person.code not in text
    assert "birth" not in text
    assert str(title.total) not in text


def test_the_holder_downloads_both_forms_and_they_verify(client, title, world):
    client.force_login(world.an)
    for kind in ("json", "jwt"):
        response = client.get(badge_address(title, kind))
        assert response.status_code == 200
        assert f'filename="huy-hieu-{title.code}.{kind}"' in response["Content-Disposition"]
        credential = read_badge(response.content.decode(), keys.public_keys(), timezone.now())
        assert find(credential, keys.public_keys(), timezone.now(), None).name == "Trần Thị An"


def test_a_badge_is_for_those_who_may_see_the_certificate(client, title, world):
    assert client.get(badge_address(title)).status_code == 302
    for user, expected in ((world.an, 200), (world.lan, 200), (world.chi, 200), (world.ha, 404)):
        client.force_login(user)
        assert client.get(badge_address(title)).status_code == expected, user
    client.force_login(add_user("khach", "Lê Văn Khách"))
    assert client.get(badge_address(title)).status_code == 404


def test_without_a_key_no_badges_are_offered(client, title, world, settings):
    settings.BADGE_SIGNING_KEY = ""
    client.force_login(world.an)
    assert client.get(badge_address(title)).status_code == 404
    assert client.get("/.well-known/did.json").status_code == 404
    assert "huy-hieu" not in client.get(reverse("recognition:mine")).content.decode()


def test_the_list_of_titles_offers_the_badge(client, title, world):
    client.force_login(world.an)
    assert badge_address(title) in client.get(reverse("recognition:mine")).content.decode()


def test_a_revoked_title_gives_no_badge_and_its_bit_is_set(client, title, world):
    number, place = status.place_of(title.pk)
    address = reverse("recognition:status_list", args=[number])

    def is_revoked():
        return status.is_set(json.loads(client.get(address).content)["credentialSubject"]["encodedList"], place)

    assert not is_revoked()
    revoke(title=title, reason="Nhầm người", by=world.lan, at=NOW)
    assert is_revoked()
    client.force_login(world.an)
    assert client.get(badge_address(title)).status_code == 410


def test_a_status_list_costs_two_queries_and_there_are_no_endless_ones(client, title):
    assert count_queries(lambda: client.get(reverse("recognition:status_list", args=[0]))) == 2
    assert client.get(reverse("recognition:status_list", args=[99])).status_code == 404


def test_the_issuers_document_is_public_and_holds_no_secret(client, db):
    response = client.get("/.well-known/did.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    document = response.json()
    assert document["id"] == keys.issuer()
    assert keys.keys_in(document) == keys.public_keys()
    assert "z3u2" not in response.content.decode()


def test_the_page_reads_a_badge_and_keeps_nothing(client, title, world):
    text = json.dumps(credentials.badge_of(achieved(title), keys.signing_key(), NOW))
    address = reverse("recognition:check_badge")

    def ask(content):
        return client.post(address, {"badge": SimpleUploadedFile("huy-hieu.json", content)})

    assert client.get(address).status_code == 200
    assert "Trần Thị An" in ask(text.encode()).content.decode()
    revoke(title=title, reason="Nhầm người", by=world.lan, at=NOW)
    assert ask(text.encode()).context["finding"].is_revoked
    assert ask(text.replace("2026", "2027").encode()).status_code == 422
    assert ask(b"\xff\xfe\x00").status_code == 422
    assert ask(b"{" + b" " * 200_000).status_code == 422


def test_the_command_checks_a_badge_with_saved_files_only(title, world, tmp_path, capsys, django_assert_num_queries):
    saved = {
        "badge": credentials.badge_of(achieved(title), keys.signing_key(), NOW),
        "did": keys.did_document(keys.public_keys()),
        "status": credentials.status_list(TITLES, 0, keys.signing_key(), timezone.now() - datetime.timedelta(days=2)),
    }
    for name, document in saved.items():
        (tmp_path / name).write_text(json.dumps(document))
    badge, did, listed = (tmp_path / name for name in saved)
    with django_assert_num_queries(0):
        call_command("check_badge", str(badge), issuer=did, status=listed)
    said = capsys.readouterr().out
    assert "Trần Thị An" in said
    assert "GENUINE (not revoked by the list of" in said
    assert "2 days old; what was revoked since is not known" in said
    revoke(title=title, reason="Nhầm người", by=world.lan, at=NOW)
    (tmp_path / "status").write_text(json.dumps(credentials.status_list(TITLES, 0, keys.signing_key(), timezone.now())))
    with pytest.raises(CommandError, match="REVOKED"):
        call_command("check_badge", str(badge), issuer=did, status=listed)
    old = timezone.now() - credentials.STATUS_HOLDS - datetime.timedelta(minutes=1)
    (tmp_path / "status").write_text(json.dumps(credentials.status_list(TITLES, 0, keys.signing_key(), old)))
    with pytest.raises(CommandError, match="NOT GENUINE: the status list was valid until"):
        call_command("check_badge", str(badge), issuer=did, status=listed)
    (tmp_path / "badge").write_text((tmp_path / "badge").read_text().replace("2026", "2027"))
    with pytest.raises(CommandError, match="NOT GENUINE"):
        call_command("check_badge", str(badge), issuer=did)


def test_the_command_makes_a_key_that_signs(title, settings, capsys):
    call_command("new_badge_key")
    first = capsys.readouterr().out.splitlines()[0]
    settings.BADGE_SIGNING_KEY = first.removeprefix("BADGE_SIGNING_KEY=")
    assert check_proof(credentials.badge_of(achieved(title), keys.signing_key(), NOW), keys.public_keys(), NOW)
