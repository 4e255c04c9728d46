import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from membership.actions import (
    accept_consent,
    load_consent_texts,
    log_file_access,
    publish_consent_text,
    withdraw_consent,
)
from membership.models import ConsentText, FileAccess, Role
from membership.purposes import SERVICE
from tests.factories.people import grant


def test_consent_keeps_its_first_moment(standing, consent_text, at):
    first = accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    again = accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at.replace(year=2030))
    assert again == first
    assert again.given_at == at
    assert ConsentText.objects.awaited_from(standing.an.person_id) is None


def test_nobody_consents_for_another(standing, consent_text, at):
    with pytest.raises(PermissionDenied):
        accept_consent(person=standing.an.person, text=consent_text, by=standing.dung, at=at)


def test_withdrawn_consent_stays_on_record_and_is_asked_for_anew(standing, consent_text, at):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    assert withdraw_consent(person=standing.an.person, purpose=SERVICE, by=standing.an, at=at) == 1
    assert withdraw_consent(person=standing.an.person, purpose=SERVICE, by=standing.an, at=at) == 0
    assert ConsentText.objects.awaited_from(standing.an.person_id) == consent_text
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    assert standing.an.person.consents.count() == 2


def test_nobody_withdraws_for_whom_they_do_not_reach(standing, at):
    with pytest.raises(PermissionDenied):
        withdraw_consent(person=standing.an.person, purpose=SERVICE, by=standing.ha, at=at)


def test_new_version_is_asked_of_everyone(standing, consent_text, administrator, at):
    accept_consent(person=standing.an.person, text=consent_text, by=standing.an, at=at)
    newer = publish_consent_text(version="2026-2", text="Mới.", by=administrator, at=at)
    assert ConsentText.objects.awaited_from(standing.an.person_id) == newer


def test_published_text_cannot_change(standing, consent_text, administrator, at):
    same = publish_consent_text(version=consent_text.version, text=consent_text.text, by=administrator, at=at)
    assert same == consent_text
    with pytest.raises(ValidationError):
        publish_consent_text(version=consent_text.version, text="Khác.", by=administrator, at=at)


def test_only_administrators_publish(standing, at):
    with pytest.raises(PermissionDenied):
        publish_consent_text(version="x", text="y", by=standing.giang, at=at)


def test_texts_that_come_with_the_site_load_once(db, at):
    loaded = [(text.purpose, text.version) for text in load_consent_texts(by=None, at=at)]
    assert loaded == [("service", "2026-2"), ("contacts", "2026-2")]
    assert load_consent_texts(by=None, at=at) == []


def test_opening_a_file_is_noted_with_the_office_it_was_opened_for(standing, at):
    grant(standing.dung, Role.MEMBER, standing.foreign_chapter)
    log_file_access(user=standing.dung, person=standing.an.person, what="dossier", at=at)
    access = FileAccess.objects.get(person=standing.an.person)
    assert (access.user, access.unit, access.at) == (standing.dung, standing.association, at)


def test_opening_ones_own_file_is_nobodys_business(standing, at):
    log_file_access(user=standing.an, person=standing.an.person, what="dossier", at=at)
    assert not FileAccess.objects.exists()
