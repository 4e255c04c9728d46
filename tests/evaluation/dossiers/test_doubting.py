from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from evaluation.dossiers.actions import accept_own_scores, decide, draw_sample, forward, note_finding, weigh_doubts
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.actions.recognising import recognise_many
from evaluation.dossiers.models import Dossier, InspectedDossier, InspectionSample, ReviewStep
from evaluation.dossiers.readiness import standing_against
from tests.factories.evaluation import AT, YEAR, dossier_before_recogniser, evidence_for, submitted_dossier


@pytest.fixture
def doubted(world):
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    accept_own_scores(dossier=dossier, by=world.lan, at=AT)
    stage = InspectionSample.Stage.IN_REVIEW
    sample = draw_sample(unit=world.province, year=YEAR, percent=100, seed="1", stage=stage, by=world.minh, at=AT)
    line = sample.lines.get()
    note_finding(line=line, finding="doubtful", note="Chỉ số 6", by=world.minh, at=AT)
    return dossier


def test_no_decision_takes_a_doubted_dossier_before_its_recogniser_has_said_why(world, doubted):
    assert standing_against([doubted], world.lan, AT.date())[doubted.pk].startswith("Kiểm tra")
    with pytest.raises(RefusedError):
        recognise_many(dossiers=[doubted.pk], by=world.lan, at=AT)
    with pytest.raises(RefusedError):
        decide(dossier=doubted, is_recognised=True, reason="", by=world.lan, at=AT)
    with pytest.raises(RefusedError):
        weigh_doubts(dossier=doubted, reason="  ", by=world.lan, at=AT)
    with pytest.raises(PermissionDenied):
        weigh_doubts(dossier=doubted, reason="Không sao", by=world.dung, at=AT)
    assert weigh_doubts(dossier=doubted, reason="Đã xem giấy chứng nhận gốc.", by=world.lan, at=AT) == 1
    assert weigh_doubts(dossier=doubted, reason="Lần nữa", by=world.lan, at=AT) == 0
    assert ModelLogEntry.objects.filter(action="dossiers.weigh_doubts").count() == 1
    recognise_many(dossiers=[doubted.pk], by=world.lan, at=AT)
    assert Dossier.objects.get(pk=doubted.pk).state == "recognised"


def test_a_doubt_that_is_noted_anew_is_weighed_anew(world, doubted):
    weigh_doubts(dossier=doubted, reason="Đã xem.", by=world.lan, at=AT)
    line = InspectedDossier.objects.get()
    note_finding(line=line, finding="doubtful", note="Chỉ số 7 nữa", by=world.minh, at=AT)
    with pytest.raises(RefusedError):
        recognise_many(dossiers=[doubted.pk], by=world.lan, at=AT)
    note_finding(line=line, finding="confirmed", note="", by=world.minh, at=AT)
    assert standing_against([doubted], world.lan, AT.date()) == {}


def test_the_page_of_the_dossier_takes_the_answer(world, doubted, client):
    client.force_login(world.lan)
    address = f"/danh-gia/ho-so/{doubted.pk}/"
    page = client.get(address).content.decode()
    assert "Chỉ số 6" in page
    assert 'value="weigh"' in page
    client.post(address, {"step": doubted.current_step_id, "do": "weigh", "reason": "Đã xem bản gốc."})
    assert "Đã xem bản gốc." in client.get(address).content.decode()
    assert InspectedDossier.objects.get().weighed_by == world.lan


def test_a_body_above_asks_for_the_reason_that_the_one_below_did_not_need(world):
    """89.5 where evidence suggests 22.5: not in one press."""
    ReviewStep.objects.filter(order=2).update(reason_over=5)
    evidence_for(world.an.person)
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    forward(dossier=dossier, by=world.chi, at=AT)
    with pytest.raises(RefusedError, match="chỉ số"):
        forward(dossier=dossier, by=world.dung, at=AT, reason="Nhất trí")
    assert dossier.scores.filter(reviewed_points=Decimal(8)).count() == 10


def test_one_press_with_a_reason_says_it_of_each_score_that_lies_far(world):
    ReviewStep.objects.filter(order=1).update(reason_over=5)
    evidence_for(world.an.person)
    dossier = submitted_dossier(world.an)
    accept_own_scores(dossier=dossier, by=world.chi, at=AT, reason="Có giấy chứng nhận bản gốc.")
    forward(dossier=dossier, by=world.chi, at=AT)
    far = dossier.scores.filter(suggested_points__lt=3)
    assert {score.changes.get().reason for score in far} == {"Có giấy chứng nhận bản gốc."}
    dossier.refresh_from_db()
    ReviewStep.objects.filter(order=2).update(reason_over=5)
    dossier = Dossier.objects.get(pk=dossier.pk)
    forward(dossier=dossier, by=world.dung, at=AT)  # said once, it is said
