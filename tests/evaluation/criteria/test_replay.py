"""What a decision froze gives its figures again, whatever became of evidence and rules since."""

import copy
from decimal import Decimal

import pytest

from evaluation.criteria.models import EvidenceRule, Indicator
from evaluation.criteria.replay import replay
from evaluation.dossiers.actions import decide
from tests.factories.evaluation import AT, dossier_before_recogniser, evidence_for, sample_criteria


@pytest.fixture
def frozen(standing):
    sample_criteria()
    evidence_for(standing.an.person)
    evidence_for(standing.an.person, kind="quiz_passed", score=Decimal("0.8"))
    dossier = dossier_before_recogniser(standing.an, standing.chi, standing.dung)
    return decide(dossier=dossier, is_recognised=True, reason="", by=standing.lan, at=AT).frozen


def test_a_decision_gives_its_figures_again(frozen):
    again = replay(frozen)
    assert again.differences == ()
    assert again.verdict.is_passed
    assert any(suggestion.points for suggestion in again.suggestions.values())


def test_it_does_so_when_rules_and_evidence_have_changed_since(standing, frozen):
    evidence_for(standing.an.person)
    EvidenceRule.objects.update(points=Decimal("0.5"))
    Indicator.objects.update(maximum=5)
    assert replay(frozen).is_faithful


def test_it_reads_rules_that_were_frozen_before_a_condition_existed(frozen):
    old = copy.deepcopy(frozen)
    for rule in old["rules"]:
        for name in ("issuer", "date_from", "date_to", "within_days", "kind_cap", "indicator_cap"):
            rule.pop(name)
    assert replay(old).is_faithful


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda frozen: frozen["evidence"].pop(), "suggested"),
        (lambda frozen: frozen["indicators"][0].update(suggested="9.5"), "indicator 1: suggested"),
        (lambda frozen: frozen["indicators"][0].update(reviewed="4.5"), "verdict"),
        (lambda frozen: frozen["verdict"].update(total="99.0"), "total"),
    ],
)
def test_a_changed_copy_is_found_and_named(frozen, change, named):
    copied = copy.deepcopy(frozen)
    change(copied)
    assert any(named in difference for difference in replay(copied).differences)
