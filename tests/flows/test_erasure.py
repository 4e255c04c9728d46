"""A person asks to be erased after the whole way: no table of the database holds a value of theirs any more."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from evaluation.dossiers.models import Dossier
from evaluation.recognition.models import Title
from learning.evidence.actions import seal
from learning.evidence.ledger.inspection import inspect_ledger
from learning.evidence.models import Evidence, EvidenceFile, Leaf, Salt, private_storage
from membership.actions import erase_person, merge_people
from membership.models import Membership, Person, Role
from tests.factories.life import WORD, lead_life
from tests.factories.people import START, PersonFactory


@pytest.fixture
def life(standing):
    return lead_life(standing)


def test_no_table_holds_a_value_of_the_erased_person(life, django_capture_on_commit_callbacks):
    an, person = life.standing.an, life.standing.an.person
    values = personal_values(person, an)
    assert {value for value in values if value in dump()} == values  # the test would notice
    files = list(EvidenceFile.objects.filter(evidence__person=person).values_list("file", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person, by=life.standing.dung, at=timezone.now())

    assert {value for value in values if value in dump()} == set()
    assert not any(private_storage().exists(name) for name in files)
    assert files


def test_the_ledger_goes_on_verifying(life):
    sealed = Leaf.objects.count()
    conclusions = Leaf.objects.filter(kind__in=["review", "change", "dossier", "title"]).values_list("entry_id")
    told_before = [key for (key,) in conclusions]
    erase_person(person=life.standing.an.person, by=life.standing.dung, at=timezone.now())
    seal(at=timezone.now())

    findings = inspect_ledger()

    assert findings.faults == []
    said = list(Leaf.objects.filter(index__gte=sealed).values_list("kind", flat=True))
    assert said.count("erasure") == 1
    assert said.count("order") == 2  # with the record that was merged into theirs
    assert findings.erased >= 4
    assert told_before
    assert not Salt.objects.filter(entry_id__in=told_before).exists()
    assert Salt.objects.count() == Leaf.objects.count() - findings.erased - len(told_before)


def test_decided_figures_stay_under_a_pseudonym(life):
    person = life.standing.an.person
    before = {score.indicator_id: score.reviewed_points for score in _decided(person).scores.all()}
    code = Title.objects.get().code

    erase_person(person=person, by=life.standing.dung, at=timezone.now())

    dossier, title = _decided(person), Title.objects.get()
    assert {score.indicator_id: score.reviewed_points for score in dossier.scores.all()} == before
    assert dossier.frozen["verdict"]["is_passed"]
    assert dossier.frozen["evidence"] == []
    assert title.person.full_name == f"person {person.pk}"
    assert title.code != code
    assert not Evidence.objects.filter(person=person).exists()
    assert set(Dossier.objects.filter(person=person).exclude(pk=dossier.pk).values_list("state", flat=True)) == {
        "set_aside"
    }


def test_the_account_opens_no_door(life, client):
    an = life.standing.an
    erase_person(person=an.person, by=an, at=timezone.now())

    an.refresh_from_db()
    assert not an.is_active
    assert not client.login(username="chi-cua-an", password="mat-khau-thu-1")
    assert not Membership.objects.on(timezone.localdate()).of(an).exists()
    assert list(Person.objects.on_record().filter(pk=an.person_id)) == []


def test_erased_twice_is_once(life):
    person = life.standing.an.person
    first = erase_person(person=person, by=life.standing.dung, at=timezone.now()).erased_at
    assert erase_person(person=person, by=life.standing.dung, at=timezone.now()).erased_at == first


@pytest.mark.parametrize("who", ["binh", "chi", "lan", "ha"])
def test_refused_to_who_does_not_manage_the_person(standing, who):
    with pytest.raises(PermissionDenied):
        erase_person(person=standing.an.person, by=getattr(standing, who), at=timezone.now())
    assert Person.objects.get(pk=standing.an.person_id).erased_at is None


def test_who_holds_an_office_hands_it_over_first(standing):
    with pytest.raises(ValidationError):
        erase_person(person=standing.chi.person, by=standing.dung, at=timezone.now())


def test_a_merged_record_goes_with_the_one_that_stays(standing):
    duplicate = PersonFactory(full_name="Trần Thị An (hai)")
    Membership.objects.create(person=duplicate, unit=standing.chapter, role=Role.MEMBER, valid_from=START)
    merge_people(duplicate=duplicate, into=standing.an.person, by=standing.dung, at=timezone.now())
    with pytest.raises(ValidationError):
        erase_person(person=duplicate, by=standing.giang, at=timezone.now())


def personal_values(person, user):
    return {
        person.full_name,
        person.folded_name,
        person.sort_key,
        person.code,
        user.username,
        user.email,
        WORD,
        "Tran Thi An hai",
        Title.objects.get().code,
    }


def dump():
    """Every value of every table, as one text."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [_text(value) for row in cursor.fetchall() for value in row if value is not None]
    return "\n".join(said)


def _text(value):
    """SQLite and PostgreSQL keep JSON with its letters escaped, or as values: both are read as letters."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    text = str(value)
    return text.encode().decode("unicode_escape", "replace") + text if "\\u" in text else text


def _decided(person):
    return Dossier.objects.get(person=person, state=Dossier.State.RECOGNISED)


def test_the_command_erases_by_code_and_says_why_not(standing, capsys):
    call_command("erase_person", standing.an.person.code, by="dung")
    assert f"Erased: person {standing.an.person_id}." in capsys.readouterr().out
    for code, by in (("KHONGCO1", "dung"), (standing.chi.person.code, "dung"), (standing.chi.person.code, "ha")):
        with pytest.raises(CommandError):
            call_command("erase_person", code, by=by)


def test_a_member_erases_themselves_by_typing_their_code(standing, client):
    client.force_login(standing.an)
    address = "/tai-khoan/xoa-du-lieu/"
    assert client.post(address, {"code": "SAI"}).status_code == 422
    assert Person.objects.get(pk=standing.an.person_id).erased_at is None
    said = client.post(address, {"code": standing.an.person.code.lower()}).content.decode()
    assert "Dữ liệu của bạn đã được xóa" in said
    assert Person.objects.get(pk=standing.an.person_id).erased_at is not None
    assert client.get("/minh-chung/").status_code == 302


def test_who_holds_an_office_is_told_to_hand_it_over_first(standing, client):
    client.force_login(standing.chi)
    response = client.post("/tai-khoan/xoa-du-lieu/", {"code": standing.chi.person.code})
    assert response.status_code == 422
    assert "bàn giao" in response.content.decode()
