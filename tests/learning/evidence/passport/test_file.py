"""From site to site and back: what is taken out of one and brought into another is the same, once, whichever way it
comes; and what strangers write into such a file is refused in words."""

import copy
import datetime
import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from badges import keys
from badges.keys import key_of, new_secret
from badges.proofs import LEARNER_RECORDS, as_jwt, context, with_proof
from learning.evidence import actions
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, NationalRecord, Source, Verification
from learning.evidence.pages.sentences import provenance
from membership.actions import erase_person, merge_people
from membership.models import Person, Role
from tests.badges.test_shape import badge
from tests.evaluation.recognition.test_verifier import SCRIPTS
from tests.factories.evidence import a_fact
from tests.factories.people import add_user, grant
from tests.node import node
from tests.queries import assert_constant_queries

ELSEWHERE = "https://quang-nam.example.vn"
NOON = datetime.datetime(2026, 5, 4, 5, tzinfo=datetime.UTC)


@pytest.fixture
def facts(standing):
    an = standing.an.person
    told = [
        a_fact(an, score=Decimal("0.9"), topics=("an-toan-mang",), details={"attempt": "7"}),
        a_fact(an, kind=Kind.DECLARATION, title="Đọc sách", source=Source.SELF, verification=Verification.NONE),
        a_fact(an, kind=Kind.EXTERNAL_CERTIFICATE, title="Tin học A", source=Source.SELF,
               verification=Verification.NONE, details={"issuer": "Trung tâm Tin học", "code": "TH-7"}),
    ]  # fmt: skip
    return [actions.record(fact=fact, by=None, at=NOON) for fact in told]


def taken(client, user, kind="json"):
    client.force_login(user)
    return client.get(reverse("evidence:passport_file", args=[kind])).content.decode()


def told(content):
    """What the file says of each fact, by where the fact was first told."""
    inner = json.loads(content)["credentialSubject"]["verifiableCredential"]
    return {one["evidence"][0]["fact"]["origin"]["id"]: one["evidence"][0]["fact"] for one in inner}


def brought(client, user, content, *, agreed=True):
    client.force_login(user)
    file = SimpleUploadedFile("ho-so.json", content.encode() if isinstance(content, str) else content)
    answer = client.post(reverse("evidence:bring_in"), {"file": file})
    if answer.status_code == 302 and agreed:
        assert client.post(answer.url, {"way": "apply"}).status_code == 302
    return answer


@pytest.fixture
def another_site(settings, standing, facts, client):
    """The same person's account on a site of another name and key, with nothing in it."""
    away = taken(client, standing.an)
    settings.BASE_URL, settings.BADGE_SIGNING_KEY = ELSEWHERE, new_secret()
    return away, of_the_chapter(standing, "an2")


def of_the_chapter(standing, username):
    user = add_user(username, "TRẦN THỊ AN")
    grant(user, Role.MEMBER, standing.chapter)
    return user


def test_the_whole_record_comes_back_the_same_and_once(another_site, standing, facts, client, settings):
    away, user = another_site
    brought(client, user, away)
    brought(client, user, away)
    rows = Evidence.objects.filter(person=user.person)
    assert sorted(rows.values_list("title", "kind", "verification")) == [
        ("Kiểm tra kỹ năng số", "external_certificate", "none"),
        ("Tin học A", "external_certificate", "none"),
        ("Đọc sách", "declaration", "none"),
    ]
    assert rows.get(title="Kiểm tra kỹ năng số").score == Decimal("0.9")
    assert {row.occurred_at for row in rows} == {fact.occurred_at for fact in facts}

    back = taken(client, user)
    assert told(back) == told(away)
    here = Evidence.objects.filter(person=standing.an.person)
    before = list(here.values_list("pk", flat=True))
    settings.BASE_URL = "http://localhost:8000"
    brought(client, standing.an, back)
    assert list(here.values_list("pk", flat=True)) == before


def test_a_fact_that_was_confirmed_meanwhile_is_still_the_same_fact(another_site, standing, facts, client, settings):
    away, user = another_site
    brought(client, user, away)
    actions.confirm(evidence=facts[2], by=standing.dung, at=timezone.now())
    settings.BASE_URL = "http://localhost:8000"
    later = taken(client, standing.an)
    assert told(later).keys() == told(away).keys()
    settings.BASE_URL = ELSEWHERE
    brought(client, user, later)
    assert Evidence.objects.filter(person=user.person).count() == 3


def test_two_records_that_become_one_have_it_once(another_site, standing, client):
    away, user = another_site
    brought(client, user, away)
    second = of_the_chapter(standing, "an3")
    brought(client, second, away)
    assert not Evidence.objects.filter(person=second.person).exists()
    merge_people(duplicate=user.person, into=second.person, by=standing.dung, at=timezone.now())
    second = type(second).objects.get(pk=second.pk)
    brought(client, second, away)
    assert Evidence.objects.filter(person=second.person).standing().count() == 3


def test_what_was_taken_back_stays_so(another_site, client):
    away, user = another_site
    brought(client, user, away)
    one = Evidence.objects.get(person=user.person, title="Đọc sách")
    actions.withdraw(evidence=one, reason="", by=user, at=timezone.now())
    brought(client, user, away)
    assert Evidence.objects.filter(person=user.person).standing().count() == 2


def test_an_officer_reads_what_the_signature_is_worth_and_confirms(another_site, standing, client):
    away, user = another_site
    brought(client, user, away)
    row = Evidence.objects.get(person=user.person, title="Tin học A")
    assert "did:web:localhost%3A8000" in provenance(row)
    assert row.details["issuer"] == "Trung tâm Tin học"
    assert "Nơi ghi nhận đầu tiên cũng chưa kiểm tra" in provenance(row)
    checked = Evidence.objects.get(person=user.person, title="Kiểm tra kỹ năng số")
    assert "Nơi ghi nhận đầu tiên" not in provenance(checked)
    confirmed = actions.confirm(evidence=row, by=standing.dung, at=timezone.now())
    assert confirmed.verification == Verification.DOCUMENT_SEEN
    assert "did:web:localhost%3A8000" in provenance(confirmed)


def test_a_badge_of_a_strange_kind_comes_in_unchecked(standing, client):
    document = badge(issuer={"id": "https://example.edu/7", "name": "Trường nghề"}, proof={"type": "RsaSignature2018"})
    brought(client, standing.an, json.dumps(document))
    row = Evidence.objects.get(person=standing.an.person)
    assert (row.title, row.details["issuer"], row.verification) == ("Danh hiệu", "Trường nghề", "none")
    assert row.details["link"] == "https://example.vn/xac-minh/1/"
    assert "không kiểm tra được" in provenance(row)


def test_ones_own_badge_is_no_second_fact(standing, client):
    answer = brought(client, standing.an, as_jwt(badge(), keys.signing_key()))
    assert answer.status_code == 302
    assert not Evidence.objects.exists()


def signed_elsewhere(**changes):
    key = key_of(SECRET, "did:web:a.example.vn")
    return with_proof(badge(issuer={"id": key.public.issuer, "type": ["Profile"], "name": "A"}, **changes), key, NOON)


SECRET = new_secret()


def test_nobody_brings_in_what_another_learned(standing, client):
    answer = brought(client, standing.binh, json.dumps(signed_elsewhere()))
    assert answer.status_code == 422
    assert "Trần Thị An" in answer.content.decode()


def spoiled(*path, to):
    document = copy.deepcopy(badge(proof=...))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return json.dumps(document)


ACHIEVEMENT = ("credentialSubject", "achievement")


@pytest.mark.parametrize(
    "content",
    [
        "khong phai json", "{}", "[" * 3000, '{"a": 1, "a": 2}', '{"type": "ClrCredential", "credentialSubject": {}}',
        spoiled("validFrom", to="2090-01-01T00:00:00Z"), spoiled("validFrom", to="1800-01-01T00:00:00Z"),
        spoiled("validFrom", to=7), spoiled("id", to={"a": 1}), spoiled("id", to="x" * 501),
        spoiled(*ACHIEVEMENT, "name", to=""), spoiled(*ACHIEVEMENT, "name", to=["\0"]), spoiled(*ACHIEVEMENT, to=None),
        spoiled("evidence", to=[{"fact": {"title": "\0"}}]), spoiled("evidence", to=[{"fact": {"a": "x" * 9000}}]),
        spoiled("evidence", to=[{"fact": {"score": "1e999"}}]), spoiled("evidence", to=[{"fact": {"score": "NaN"}}]),
        spoiled("evidence", to=[{"fact": {"many": 10**400}}]),
        spoiled("evidence", to=[{"fact": {"origin": {"id": 1}}}]), json.dumps({**signed_elsewhere(), "name": "Khác"}),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused_in_words(standing, client, content):
    answer = brought(client, standing.an, content)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode() or "field--error" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_so_many_files_and_no_more(standing, client, one_rate_period):
    answers = [brought(client, standing.an, "{}", agreed=False).content.decode() for _number in range(21)]
    assert "một giờ" in answers[-1]
    assert "một giờ" not in answers[0]


def test_who_withdrew_their_consent_has_no_such_page(standing, client):
    Person.objects.filter(pk=standing.an.person_id).update(withdrawn_at=NOON)
    client.force_login(standing.an)
    assert client.get(reverse("evidence:bring_in")).status_code in {302, 404}


def test_the_page_takes_the_national_code_and_forgets_it(standing, facts, client):
    client.force_login(standing.an)
    page = reverse("evidence:passport")
    assert "3 minh chứng" in client.get(page).content.decode()
    for refused in ("049060000123", "a", "<script>"):
        assert client.post(page, {"code": refused}).status_code == 422
    client.post(page, {"code": "HSHT-0001"})
    identities = json.loads(taken(client, standing.an))["credentialSubject"]["identifier"]
    assert [one["identityHash"] for one in identities] == ["Trần Thị An", standing.an.person.code, "HSHT-0001"]
    client.post(page, {"code": ""})
    assert not NationalRecord.objects.exists()


def test_nothing_is_taken_out_or_brought_in_by_strangers(standing, facts, client):
    for name, args in (("passport", []), ("passport_file", ["json"]), ("bring_in", [])):
        assert client.get(reverse(f"evidence:{name}", args=args)).status_code == 302
    for action in (actions.bring_in, actions.keep_national_code):
        said = {"facts": []} if action is actions.bring_in else {"code": "HSHT-0001"}
        with pytest.raises(PermissionDenied):
            action(person=standing.an.person, by=standing.dung, at=NOON, **said)


def test_taking_out_costs_the_same_however_much_there_is(standing, facts, client):
    assert_constant_queries(
        lambda: taken(client, standing.an),
        lambda: [actions.record(fact=a_fact(standing.an.person), by=None, at=NOON) for _number in range(8)],
    )


def test_an_independent_verifier_accepts_the_record(standing, facts, client):
    record = json.loads(taken(client, standing.an))
    did = keys.did_document(keys.public_keys())
    documents = {did["id"]: did, LEARNER_RECORDS: context(LEARNER_RECORDS)}
    assert node(SCRIPTS / "verify.mjs", {"credential": record, "documents": documents})["verified"]
    subject = record["credentialSubject"]["verifiableCredential"]
    subject[0]["evidence"], subject[1]["evidence"] = subject[1]["evidence"], subject[0]["evidence"]
    assert not node(SCRIPTS / "verify.mjs", {"credential": record, "documents": documents})["verified"]


def test_a_signed_badge_stands_beside_an_unsigned_copy_and_officers_read_it_at_both(standing, client):
    mine = signed_elsewhere()
    thief = of_the_chapter(standing, "an4")
    brought(client, thief, json.dumps({name: value for name, value in mine.items() if name != "proof"}))
    for _time in range(2):
        brought(client, standing.an, json.dumps(mine))
    own, theirs = (Evidence.objects.filter(person=user.person).standing().get() for user in (standing.an, thief))
    for row in (own, theirs):
        assert "Người khác cũng đã nộp" in provenance(row)
    brought(client, of_the_chapter(standing, "an5"), json.dumps(mine))
    assert Evidence.objects.standing().count() == 2


def test_what_was_erased_comes_back_without_the_sites_word(standing, facts, client):
    away = taken(client, standing.an)
    erase_person(person=standing.an.person, by=standing.giang, at=timezone.now())
    user = of_the_chapter(standing, "an6")
    brought(client, user, away)
    rows = Evidence.objects.filter(person=user.person)
    assert rows.count() == 3
    assert all("đã bị xóa tại đây" in provenance(row) for row in rows)
