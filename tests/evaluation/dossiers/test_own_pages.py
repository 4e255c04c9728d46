from decimal import Decimal

import pytest
from django.urls import reverse

from evaluation.dossiers.actions import return_to_person, submit
from evaluation.dossiers.models import Dossier
from tests.factories.evaluation import AT, YEAR, draft_dossier, evidence_for, submitted_dossier
from tests.queries import assert_constant_queries

PAGE = f"/tu-danh-gia/{YEAR}/"


@pytest.fixture
def an(world, client):
    client.force_login(world.an)
    return client


def typed(points: str = "8", **changed: object) -> dict[str, object]:
    return {**{f"{number}-points": points for number in range(1, 11)}, **changed}


@pytest.mark.parametrize("address", ["/ho-so/", PAGE, f"{PAGE}nop/", "/danh-gia/"])
def test_visitors_are_asked_to_sign_in(world, client, address):
    assert client.get(address).status_code == 302


def test_looking_opens_nothing_and_beginning_does(an):
    assert "Bắt đầu" in an.get(PAGE).text
    assert not Dossier.objects.exists()
    an.post(PAGE)
    an.post(PAGE, typed(points=""))
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("year", [2021, 2999])
def test_years_outside_the_criteria_do_not_exist(an, year):
    assert an.get(f"/tu-danh-gia/{year}/").status_code == 404


def test_without_javascript_everything_is_saved_at_once(world, an):
    evidence = evidence_for(world.an.person)
    an.post(PAGE)
    form = typed("7.5", **{"3-note": "Dự lớp tập huấn", "3-evidence": [str(evidence.pk)], "9-points": ""})
    assert an.post(PAGE, form).url == PAGE
    scores = {score.indicator.number: score for score in Dossier.objects.get().scores.all()}
    assert (scores[3].self_points, scores[3].self_note) == (Decimal("7.5"), "Dự lớp tập huấn")
    assert list(scores[3].evidence.all()) == [evidence]
    assert scores[9].self_points is None


def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(world, an):
    foreign = evidence_for(world.ha.person)
    evidence_for(world.an.person)
    an.post(PAGE)
    response = an.post(PAGE, typed(**{"3-note": "Ghi chú dài", "3-evidence": [str(foreign.pk)]}))
    assert response.status_code == 200
    assert "Ghi chú dài" in response.text
    assert Dossier.objects.get().scores.filter(self_points=None).count() == 10


def test_each_indicator_is_saved_as_it_changes_with_the_time(world, an):
    an.post(PAGE)
    response = an.post(f"{PAGE}4/", {"4-points": "9", "4-note": "Kèm cháu học"})
    assert 'id="own-total"' in response.text
    scored = Dossier.objects.get().scores.exclude(self_points=None)
    assert [(score.indicator.number, score.self_points) for score in scored] == [(4, Decimal(9))]


def test_saving_one_indicator_without_dossier_or_of_no_such_number_is_not_found(an):
    assert an.post(f"{PAGE}4/", {"4-points": "9"}).status_code == 404
    an.post(PAGE)
    assert an.post(f"{PAGE}11/", {"11-points": "9"}).status_code == 404


def test_saving_after_handing_in_is_refused_in_words(world, an):
    dossier = draft_dossier(world.an)
    submit(dossier=dossier, by=world.an, at=AT)
    assert "own-total" not in an.post(f"{PAGE}4/", {"4-points": "9"}).text
    response = an.post(PAGE, typed("9"))
    assert response.status_code == 200
    assert set(dossier.scores.values_list("self_points", flat=True)) == {Decimal(8)}


def test_confirmation_lists_what_is_missing_and_submits_nothing(world, an):
    an.post(PAGE)
    an.post(PAGE, typed(**{"6-points": ""}))
    assert [score.indicator.number for score in an.get(f"{PAGE}nop/").context["unscored"]] == [6]
    an.post(f"{PAGE}nop/")
    assert Dossier.objects.get().state == Dossier.State.DRAFT


def test_handing_in_leads_to_the_first_body_and_a_page_to_read(world, an):
    draft_dossier(world.an)
    an.post(f"{PAGE}nop/")
    page = an.get(PAGE)
    assert page.context["is_writing"] is False
    assert world.chapter.name in page.text
    assert an.get(f"{PAGE}nop/").url == PAGE


def test_the_reason_for_a_return_is_read_and_writing_goes_on(world, an):
    dossier = submitted_dossier(world.an)
    return_to_person(dossier=dossier, reason="Cần thêm minh chứng chỉ số 5", by=world.chi, at=AT)
    page = an.get(PAGE)
    assert "Cần thêm minh chứng chỉ số 5" in page.text
    assert page.context["is_writing"] is True


def test_the_page_costs_the_same_whatever_the_evidence(world, an):
    draft_dossier(world.an)
    assert_constant_queries(lambda: an.get(PAGE), lambda: [evidence_for(world.an.person) for _number in range(5)])


def test_own_years_are_listed(world, an):
    draft_dossier(world.an)
    page = an.get(reverse("dossiers:mine"))
    assert [dossier.year for dossier in page.context["dossiers"]] == [YEAR]
    assert "80" in page.text
