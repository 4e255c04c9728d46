import pytest

from tests.training_materials.activities.samples import CARDS, CHECK, SEARCHED, STORY
from training_materials.activities.packing import content_params
from training_materials.packages.scoring import VerdictKind, judge


def report(response, raw, maximum):
    return {"statement": {"result": {"response": response, "score": {"raw": raw, "max": maximum}}}, "children": []}


@pytest.mark.parametrize(
    ("activity", "response", "score", "maximum"),
    [
        (CHECK, "0[.]0[,]1[.]0[,]1[.]2", 2, 2),
        (CARDS, "0[.]1[,]1[.]1[,]2[.]1", 3, 3),
        (STORY, "0[,]1", 10, 10),
        (SEARCHED, "0[,]1", 2, 2),
    ],
)
def test_claims_are_held_against_what_the_response_earns(activity, response, score, maximum):
    library, params = f"{activity.machine_name} 1.0", content_params(activity)
    fair = judge(library, params, report(response, score, maximum))
    assert (fair.kind, fair.score, fair.maximum) == (VerdictKind.VERIFIED, score, maximum)
    assert judge(library, params, report(response, score + 1, maximum)).kind == VerdictKind.REJECTED
    assert judge(library, params, report("99[.]99", score, maximum)).kind == VerdictKind.UNVERIFIED
    assert judge(library, params, report("99", score, maximum)).kind == VerdictKind.UNVERIFIED


def test_other_versions_have_no_scorer():
    said = report("0[.]0", 1, 2)
    assert judge(f"{CHECK.machine_name} 2.0", content_params(CHECK), said).kind == VerdictKind.UNVERIFIED
