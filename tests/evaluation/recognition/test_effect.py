"""From issued to in effect: what is handed in, who may say what of it, and what counts meanwhile."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from evaluation.dossiers.actions import return_to_person
from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import confirm, draft_decision, hand_in, issue, refuse, withdraw
from evaluation.recognition.models import Decision, SignedCopy, State, Title, Way
from evaluation.recognition.querysets import ready_dossiers
from membership.models import Role
from tests.factories.evaluation import AT, YEAR, another_member
from tests.factories.people import add_user, grant
from tests.factories.recognition import dossier_scored, scan_of, second_recogniser, take_effect

SIGNATURE = {
    "number": "125/QĐ-UBND",
    "signed_on": AT.date(),
    "signer_name": "Đặng Thị Lan",
    "signer_title": "Chủ tịch",
}


def issue_for(world, *users):
    dossiers = [dossier_scored(user, world) for user in users]
    draft = draft_decision(unit=world.commune, year=YEAR, dossiers=dossiers, by=world.lan, at=AT)
    return issue(decision=draft, by=world.lan, at=AT, **SIGNATURE)


@pytest.fixture
def issued(world):
    return issue_for(world, world.an)


def handed_in(decision, world):
    return hand_in(decision=decision, upload=scan_of(decision), by=world.lan, at=AT)


def test_issuing_gives_nobody_a_title_and_draws_the_file_once(client, world, issued):
    assert (issued.state, Title.objects.count()) == (State.ISSUED, 0)
    assert issued.lines.get().dossier.state == Dossier.State.IN_REVIEW
    assert "ngày 16 tháng 6 năm 2025" in issued.bases
    world.an.person.full_name = "Tên Khác"
    world.an.person.save()
    client.force_login(world.lan)
    address = reverse("recognition:paper", args=[issued.pk, "quyet-dinh", "pdf"])
    bodies = [client.get(address).content for _time in range(2)]
    assert {hashlib.sha256(body).hexdigest() for body in bodies} == {issued.paper_sha256}
    assert client.get(reverse("recognition:paper", args=[issued.pk, "danh-sach", "pdf"])).status_code == 404


def test_a_basis_without_its_date_is_refused(world):
    dossiers = [dossier_scored(world.an, world)]
    draft = draft_decision(unit=world.commune, year=YEAR, dossiers=dossiers, by=world.lan, at=AT)
    with pytest.raises(ValidationError):
        issue(decision=draft, by=world.lan, at=AT, **SIGNATURE, bases="Căn cứ Luật Giáo dục;")
    assert Decision.objects.get().is_draft


def test_a_second_officer_brings_it_into_effect_once(world, issued):
    copy = handed_in(issued, world)
    assert handed_in(issued, world) == copy
    second = second_recogniser(world.commune)
    decision = confirm(copy=copy, by=second, at=AT)
    assert (decision.state, decision.way) == (State.IN_EFFECT, Way.PAPER)
    assert confirm(copy=copy, by=second, at=AT).effective_at == AT
    assert Title.objects.get().dossier.state == Dossier.State.RECOGNISED


def test_whoever_handed_it_in_does_not_confirm_it_nor_do_strangers(world, issued):
    copy = handed_in(issued, world)
    for judge in (confirm, lambda **given: refuse(reason="Thiếu dấu", **given)):
        with pytest.raises(ValidationError):
            judge(copy=copy, by=world.lan, at=AT)
        for stranger in (world.dung, world.chi, world.giang, world.an):
            with pytest.raises(PermissionDenied):
                judge(copy=copy, by=stranger, at=AT)
    assert not Title.objects.exists()


def test_nobody_vouches_for_themselves(world):
    own = another_member(world.chapter, 1)
    decision = issue_for(world, world.an, own)
    grant(own, Role.RECOGNISER, world.commune)
    with pytest.raises(ValidationError):
        hand_in(decision=decision, upload=scan_of(decision), by=own, at=AT)
    with pytest.raises(ValidationError):
        confirm(copy=handed_in(decision, world), by=own, at=AT)
    assert not Title.objects.exists()


def test_a_refused_copy_goes_and_another_can_be_handed_in(world, issued, django_capture_on_commit_callbacks):
    copy, second = handed_in(issued, world), second_recogniser(world.commune)
    name = copy.file.name
    with pytest.raises(ValidationError):
        refuse(copy=copy, reason=" ", by=second, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        refused = refuse(copy=copy, reason="Sai số", by=second, at=AT)
    assert (refused.refusal, refused.file.name) == ("Sai số", "")
    assert not refused.file.storage.exists(name)
    assert refuse(copy=copy, reason="Khác", by=second, at=AT).refusal == "Sai số"
    with pytest.raises(ValidationError):
        confirm(copy=copy, by=second, at=AT)
    assert take_effect(issued, by=world.lan, at=AT).is_in_effect
    assert SignedCopy.objects.count() == 2


def test_withdrawn_before_it_is_in_effect_its_dossiers_are_free(world, issued, django_capture_on_commit_callbacks):
    copy, paper = handed_in(issued, world), issued.paper.name
    with pytest.raises(ValidationError):
        withdraw(decision=issued, reason="", by=world.lan, at=AT)
    with pytest.raises(PermissionDenied):
        withdraw(decision=issued, reason="Sai", by=world.dung, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        gone = withdraw(decision=issued, reason="Ghi nhầm tên", by=world.lan, at=AT)
    assert (gone.state, gone.withdrawn_reason) == (State.WITHDRAWN, "Ghi nhầm tên")
    assert [copy.file.storage.exists(name) for name in (copy.file.name, paper)] == [False, False]
    assert withdraw(decision=issued, reason="Khác", by=world.lan, at=AT).withdrawn_reason == "Ghi nhầm tên"
    assert ready_dossiers(world.lan).count() == 1
    draft = draft_decision(unit=world.commune, year=YEAR, dossiers=ready_dossiers(world.lan), by=world.lan, at=AT)
    again = issue(decision=draft, by=world.lan, at=AT, **SIGNATURE)
    assert take_effect(again, by=world.lan, at=AT).titles.count() == 1


def test_a_dossier_that_goes_back_stops_the_list_and_the_page_says_what_to_do(client, world):
    decision = issue_for(world, world.an, another_member(world.chapter, 1))
    client.force_login(world.lan)
    said = "Đã bị trả lại sau khi ban hành"
    assert said not in client.get(decision.get_absolute_url()).text
    copy, gone = handed_in(decision, world), Dossier.objects.get(person=world.an.person)
    return_to_person(dossier=gone, reason="Bổ sung", by=world.lan, at=AT)
    with pytest.raises(ValidationError, match=world.an.person.full_name):
        confirm(copy=copy, by=second_recogniser(world.commune), at=AT)
    assert f"{said}: {world.an.person.full_name}." in client.get(decision.get_absolute_url()).text


def test_what_is_in_effect_is_not_withdrawn(world, issued):
    take_effect(issued, by=world.lan, at=AT)
    with pytest.raises(ValidationError):
        withdraw(decision=issued, reason="Sai", by=world.lan, at=AT)
    assert Title.objects.standing().count() == 1


def test_two_officers_walk_it_through_the_pages(client, world, issued):
    client.force_login(world.lan)
    scan = ContentFile(b"%PDF-1.7 scan", name="scan.pdf")
    wrong = ContentFile(b"GIF89a", name="scan.gif")
    pages = {name: reverse(f"recognition:{name}", args=[issued.pk]) for name in
             ("hand_in", "confirm_copy", "refuse_copy", "withdraw", "signed_copy")}  # fmt: skip
    client.post(pages["hand_in"], {"copy": wrong})
    assert client.get(pages["signed_copy"]).status_code == 404
    client.post(pages["hand_in"], {"copy": scan})
    copy = SignedCopy.objects.get()
    assert b"".join(client.get(pages["signed_copy"]).streaming_content) == b"%PDF-1.7 scan"
    client.force_login(second_recogniser(world.commune))
    client.post(pages["refuse_copy"], {"copy": copy.pk, "refusal": "Thiếu dấu"})
    assert "Thiếu dấu" in client.get(issued.get_absolute_url()).text
    client.post(pages["confirm_copy"], {"copy": copy.pk})
    assert not Title.objects.exists()
    stranger = add_user("xa", "Lê Xa")
    grant(stranger, Role.RECOGNISER, world.foreign_commune)
    client.force_login(stranger)
    assert client.post(pages["withdraw"], {"withdrawal": "x"}).status_code == 404
    client.force_login(world.lan)
    client.post(pages["withdraw"], {"withdrawal": "Ký lại"})
    issued.refresh_from_db()
    assert issued.is_withdrawn
    assert "Ký lại" in client.get(issued.get_absolute_url()).text
