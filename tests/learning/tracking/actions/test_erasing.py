import datetime
import hashlib
import json

import pytest
from django.core.files.storage import storages

from learning.tracking.actions import alias_of, erase_records, put_document, start_launch, store_statements
from learning.tracking.models import Attachment, AttachmentUse, Document, Launch, LearnerAlias, Statement, StatementTerm
from learning.tracking.xapi.clients import Conditions, Kind, Shelf, learner_agent
from learning.tracking.xapi.multipart import Part
from learning.tracking.xapi.terms import AGENT, RELATED_AGENT, term
from membership.actions import erase_person
from membership.export import export
from tests.factories.statements import outside_client, statement

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 5, 4, 8, 30, tzinfo=datetime.UTC)
RESULT = {"score": {"scaled": 0.8}, "success": True, "response": "Tôi ở Tam Kỳ", "extensions": {"https://x.vn/x": 1}}
FILE = b"my own words"


def store(*statements, parts=()):
    return store_statements(statements=statements, by=outside_client(), at=NOW, parts=parts)


@pytest.fixture
def an(standing):
    return standing.an.person


@pytest.fixture
def actor(an):
    return learner_agent(alias_of(person=an))


def attached():
    digest = hashlib.sha256(FILE).hexdigest()
    one = {"usageType": "https://x.vn/u", "display": {"vi": "Bài"}, "contentType": "text/plain", "length": 12,
           "sha2": digest}  # fmt: skip
    part = Part({"x-experience-api-hash": digest, "content-transfer-encoding": "binary"}, FILE)
    return [one], [part]


def test_a_pseudonym_takes_the_place_of_the_person_and_their_words_go(an, actor, django_capture_on_commit_callbacks):
    attachments, parts = attached()
    (key,) = store(statement(actor=actor, result=RESULT, attachments=attachments), parts=parts)
    name = Attachment.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_records(person_ids=[an.pk], at=NOW) == 1
    kept = Statement.objects.get(pk=key)
    assert kept.person is None
    assert kept.body["actor"]["account"]["homePage"] == actor["account"]["homePage"]
    assert actor["account"]["name"] not in json.dumps(kept.body)
    assert kept.body["result"] == {"score": {"scaled": 0.8}, "success": True}
    assert "attachments" not in kept.body
    assert not AttachmentUse.objects.exists()
    assert not storages["private"].exists(name)


def test_mailboxes_and_their_digests_are_found_wherever_they_stand(standing, an):
    mailbox = f"mailto:{standing.an.email}"
    digest = hashlib.sha1(mailbox.encode()).hexdigest()
    sent = [
        statement(actor={"mbox": mailbox, "name": "An"}),
        statement(actor={"mbox_sha1sum": digest}),
        statement(context={"instructor": {"objectType": "Agent", "mbox": mailbox}}),
        statement(actor={"objectType": "Group", "member": [{"mbox": mailbox}, {"mbox": "mailto:x@y.vn"}]}),
        statement(object={"objectType": "SubStatement", **statement(actor={"mbox": mailbox})}),
    ]
    keys = store(*sent, statement())
    assert erase_records(person_ids=[an.pk], at=NOW) == len(sent)
    whole = json.dumps(list(Statement.objects.values_list("body", flat=True)))
    assert mailbox not in whole
    assert digest not in whole
    assert "x@y.vn" in whole
    assert Statement.objects.get(pk=keys[-1]).body["actor"] == statement()["actor"]


def test_what_others_said_keeps_their_words(an, actor):
    (key,) = store(statement(result=RESULT, context={"instructor": actor}))
    erase_records(person_ids=[an.pk], at=NOW)
    kept = Statement.objects.get(pk=key).body
    assert kept["result"] == RESULT
    assert kept["context"]["instructor"]["account"]["name"] != actor["account"]["name"]


def test_nothing_is_found_by_the_person_any_more_and_all_by_the_pseudonym(an, actor):
    keys = store(statement(actor=actor), statement(actor=actor))
    own = f"account:{actor['account']['homePage']} {actor['account']['name']}"
    erase_records(person_ids=[an.pk], at=NOW)
    account = Statement.objects.get(pk=keys[0]).body["actor"]["account"]
    for kind in (AGENT, RELATED_AGENT):
        assert not StatementTerm.objects.filter(term=term(kind, own)).exists()
        now = StatementTerm.objects.filter(term=term(kind, f"account:{account['homePage']} {account['name']}"))
        assert set(now.values_list("statement_id", flat=True)) == set(keys)


def test_documents_launches_and_the_account_name_go(an, actor, put):
    put(actor, "state")
    put({"mbox": "mailto:lan@example.vn"}, "other")
    start_launch(person=an, activity="https://example.vn/bai/1", at=NOW)
    erase_records(person_ids=[an.pk], at=NOW)
    assert list(Document.objects.values_list("document_id", flat=True)) == ["other"]
    assert not Launch.objects.exists()
    assert not LearnerAlias.objects.exists()


def test_erasing_twice_finds_nothing_left(an, actor):
    store(statement(actor=actor))
    assert erase_records(person_ids=[an.pk], at=NOW) == 1
    assert erase_records(person_ids=[an.pk], at=NOW) == 0


def test_it_is_part_of_the_erasure_of_a_person(standing, an, actor):
    (key,) = store(
        statement(actor=actor),
    )
    erase_person(person=an, by=standing.an, at=NOW)
    assert Statement.objects.get(pk=key).person is None
    assert not LearnerAlias.objects.exists()


def test_what_is_one_s_own_is_exported(an, actor, put):
    mine, _other = store(statement(actor=actor), statement())
    put(actor, "state")
    whole = export(an)
    assert [one["id"] for one in whole["statements"]] == [str(mine)]
    assert [(one["id"], one["content"]) for one in whole["activity_documents"]] == [("state", {"at": 3})]


@pytest.fixture
def put():
    def put_one(agent, document_id):
        shelf = Shelf(Kind.STATE, activity="https://example.vn/bai/1", agent=agent)
        put_document(shelf=shelf, document_id=document_id, content=b'{"at": 3}', content_type="application/json",
                     given=Conditions(), at=NOW)  # fmt: skip

    return put_one
