"""Titles of earlier years and of paper times come in by file, with their decision, and say what they are."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import EarlierDecision, enter_earlier, revoke
from evaluation.recognition.models import Decision, Title, Way
from evaluation.reporting.figures import topics_of
from evaluation.reporting.tallies import kept as counted
from learning.evidence.actions import begin_sealing, seal
from membership.actions import merge_people
from membership.export import export
from notices.models import Notice
from tests.factories.evaluation import AT, YEAR, member_without_account, submitted_dossier
from tests.factories.recognition import title_of
from tests.learning.evidence.ledgers import faults
from tests.learning.sessions.test_attendance import sheet
from tests.queries import assert_constant_queries

BEFORE = YEAR - 3
PAGE = reverse("recognition:earlier")
TOLD = {
    "issuer": "Ủy ban nhân dân quận Hải Châu", "year": BEFORE, "number": "88/QĐ-UBND", "signed_on": f"{BEFORE}-12-20",
    "signer_name": "Lê Văn Cũ", "signer_title": "Chủ tịch",
}  # fmt: skip


def decision_of(unit, **changes):
    told = TOLD | {"signed_on": datetime.date(BEFORE, 12, 20)} | changes
    return EarlierDecision(unit=unit, **told)


def entered(world, *people, **changes):
    listed = {person.pk: "" for person in people}
    return enter_earlier(about=decision_of(world.commune, **changes), people=listed, by=world.lan, at=AT)


def test_a_list_is_tried_first_then_each_has_their_title(world, client):
    other = member_without_account(world.chapter)
    client.force_login(world.lan)
    lines = [["Mã", "Số giấy"], [world.an.person.code, "07-88"], [other.code, ""], ["KHONGCO1", ""]]
    upload = TOLD | {"unit": world.commune.pk, "file": sheet(lines)}
    plan = client.post(PAGE, upload, follow=True)
    assert not Title.objects.exists()
    assert [line.outcome for line in plan.context["batch"].lines.order_by("line")] == ["create", "create", "skip"]
    page = client.post(plan.redirect_chain[-1][0], {"way": "apply"}, follow=True).content.decode()
    for told in ("88/QĐ-UBND", TOLD["issuer"], str(Way.EARLIER.label), "07-88", "02-88/QĐ-UBND"):
        assert told in page
    title = world.an.person.titles.get()
    assert (title.year, title.unit, title.dossier, title.total) == (BEFORE, world.chapter, None, None)
    assert title.decision.is_in_effect

    again = client.post(PAGE, upload | {"file": sheet(lines)}, follow=True)
    assert [line.outcome for line in again.context["batch"].lines.order_by("line")] == ["same", "same", "skip"]


def test_the_people_see_it_and_verify_it_and_take_it_along(world, client):
    entered(world, world.an.person)
    title = world.an.person.titles.get()
    assert Notice.objects.get(person=world.an.person).kind == "title-entered"
    verified = client.get(reverse("recognition:verify", args=[title.code])).content.decode()
    assert TOLD["issuer"] in verified
    assert str(Way.EARLIER.label) in verified
    client.force_login(world.an)
    mine = client.get(reverse("recognition:mine")).content.decode()
    assert "giấy đã trao năm đó" in mine
    assert reverse("recognition:certificate", args=[title.code]) not in mine
    assert client.get(reverse("recognition:certificate", args=[title.code])).status_code == 404
    assert [row["certificate"] for row in export(world.an.person)["titles"]] == [""]


def test_it_counts_where_the_person_belonged(world):
    topics, today = topics_of(BEFORE, datetime.date(BEFORE, 12, 31)), timezone.localdate(AT)
    entered(world, world.an.person)
    tallies = counted(world.commune, BEFORE, today, topics)
    assert tallies[world.chapter.path].titled == 1


def test_entering_again_changes_nothing(world):
    first, other = entered(world, world.an.person), member_without_account(world.chapter)
    before = list(Title.objects.values())
    assert entered(world, world.an.person) == first
    assert list(Title.objects.values()) == before
    assert entered(world, world.an.person, other) == first
    assert first.titles.count() == 2
    assert [Notice.objects.filter(person=one).count() for one in (world.an.person, other)] == [1, 1]


def test_it_is_sealed_and_revoked_as_others_are(world):
    begin_sealing(at=AT)
    entered(world, world.an.person)
    seal(at=AT)
    assert faults() == []
    revoke(title=world.an.person.titles.get(), reason="Trao nhầm", by=world.lan, at=AT)
    seal(at=AT)
    assert faults() == []
    assert world.an.person.titles.get().is_revoked


def test_two_records_with_a_title_of_one_year_are_not_merged(world):
    twin = member_without_account(world.chapter)
    entered(world, world.an.person)
    entered(world, twin, number="99/QĐ-UBND")
    with pytest.raises(ValidationError, match=r"88/QĐ-UBND.*99/QĐ-UBND"):
        merge_people(duplicate=twin, into=world.an.person, by=world.dung, at=AT)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"year": AT.year}, "đã qua"),
        ({"signed_on": datetime.date(BEFORE - 1, 12, 20)}, "trước năm"),
        ({"signed_on": datetime.date(YEAR + 1, 1, 1)}, "trước năm"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(world, changes, why):
    with pytest.raises(ValidationError, match=why):
        entered(world, world.an.person, **changes)
    assert not Decision.objects.exists()


def test_a_number_that_stands_with_another_day_is_refused(world):
    entered(world, world.an.person)
    other = member_without_account(world.chapter)
    with pytest.raises(ValidationError, match="Quyết định mang số này"):
        entered(world, other, signed_on=datetime.date(BEFORE, 12, 21))
    assert not other.titles.exists()


def test_a_year_on_which_the_unit_decided_here_takes_none(world):
    title_of(world.an, world)
    later = AT.replace(year=AT.year + 1)
    told = decision_of(world.commune, year=AT.year, signed_on=AT.date())
    other = member_without_account(world.chapter)
    with pytest.raises(ValidationError, match="đã quyết định trên hệ thống"):
        enter_earlier(about=told, people={other.pk: ""}, by=world.lan, at=later)
    assert not other.titles.exists()


def test_who_has_a_dossier_or_a_title_of_the_year_is_refused(world):
    Dossier.objects.filter(pk=submitted_dossier(world.an).pk).update(year=BEFORE)
    with pytest.raises(ValidationError, match="đã có hồ sơ"):
        entered(world, world.an.person)
    other = member_without_account(world.chapter)
    entered(world, other)
    with pytest.raises(ValidationError, match="đã có danh hiệu"):
        entered(world, other, number="99/QĐ-UBND")


def test_a_certificate_number_stands_once(world):
    people = {world.an.person.pk: "07", member_without_account(world.chapter).pk: "07"}
    with pytest.raises(ValidationError, match="số"):
        enter_earlier(about=decision_of(world.commune), people=people, by=world.lan, at=AT)
    assert not Title.objects.exists()


def test_nobody_enters_their_own_title_nor_one_elsewhere(world, client):
    world.an.person.memberships.update(unit=world.chapter)
    with pytest.raises(ValidationError, match="cán bộ khác"):
        entered(world, world.lan.person)
    for stranger in (world.chi, world.an, world.minh):
        with pytest.raises(PermissionDenied):
            enter_earlier(about=decision_of(world.commune), people={}, by=stranger, at=AT)
    abroad = decision_of(world.foreign_chapter)
    with pytest.raises(PermissionDenied):
        enter_earlier(about=abroad, people={world.an.person.pk: ""}, by=world.lan, at=AT)
    client.force_login(world.chi)
    assert client.get(PAGE).status_code == 404


def test_the_form_says_what_is_wrong_before_anything_is_read(world, client):
    client.force_login(world.lan)
    upload = TOLD | {"unit": world.commune.pk, "year": timezone.localdate().year, "file": sheet([["Mã"], ["X"]])}
    page = client.post(PAGE, upload)
    assert page.status_code == 422
    assert "đã qua" in page.content.decode()


def test_more_people_ask_no_more(world, client):
    client.force_login(world.lan)
    decision = entered(world, world.an.person)
    address = reverse("recognition:decision", args=[decision.pk])

    def more():
        entered(world, *(member_without_account(world.chapter) for _each in range(5)))

    assert_constant_queries(lambda: client.get(address), more)
