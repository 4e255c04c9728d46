"""What nobody may do: each is refused, changes nothing, and leaves one entry that says who, what and why, in ids."""

import datetime
import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import ModelLogEntry

from evaluation.dossiers import actions
from evaluation.dossiers.actions.guards import RefusedError, SealedError, StaleError, UnseenEvidenceError
from evaluation.dossiers.models import Dossier, IndicatorScore, Review, ReviewStep, ScoreChange
from membership.models import Role
from tests.factories.evaluation import (
    AT,
    YEAR,
    another_member,
    dossier_before_recogniser,
    draft_dossier,
    evidence_for,
    member_without_account,
    submitted_dossier,
)
from tests.factories.people import grant

DAY = datetime.timedelta(days=1)


def act(name, **given):
    return lambda: getattr(actions, name)(at=AT, **given)


def attaching(evidence):
    return actions.OwnEntry(1, Decimal(8), evidence=frozenset({evidence.pk}))


def draft_of(world):
    return draft_dossier(world.an)


def sent(world):
    return submitted_dossier(world.an)


def with_lan(world):
    return dossier_before_recogniser(world.an, world.chi, world.dung)


def refused_one(world):
    dossier = with_lan(world)
    return actions.decide(dossier=dossier, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)


def assisted(world):
    person = member_without_account(world.chapter)
    dossier = actions.open_dossier(person=person, year=YEAR, by=world.chi, at=AT)
    entries = [actions.OwnEntry(number, Decimal(8)) for number in range(1, 11)]
    return actions.save_own(dossier=dossier, entries=entries, by=world.chi, at=AT)


def of_chi(world):
    """The chapter officer's own dossier, handed in: it waits at her own desk."""
    return submitted_dossier(world.chi)


def call_on(world, dossier, **changes):
    step = ReviewStep.objects.get(pk=dossier.current_step_id) if dossier.current_step_id else world_step(dossier)
    given = {
        "step": step,
        "unit": world.chapter,
        "held_at": AT,
        "place": "Nhà văn hóa",
        "chair": world.chi.person,
        "secretary": world.an.person,
        "invited": [],
        "dossiers": [dossier],
        "by": world.chi,
    }
    return act("call_meeting", **(given | changes))


def world_step(dossier):
    return dossier.chain.steps.first()


def quorum_of(dossier, number):
    ReviewStep.objects.filter(pk=dossier.current_step_id).update(quorum=number)
    return dossier


def agreed(dossier, by):
    return actions.accept_own_scores(dossier=dossier, by=by, at=AT)


def stale(dossier):
    Dossier.objects.filter(pk=dossier.pk).update(stale_since=AT)
    return dossier


def judged_elsewhere(world):
    """Chi, who judged it in the chapter, is also an officer of the association where it waits now."""
    dossier = agreed(sent(world), world.chi)
    dossier = actions.forward(dossier=dossier, by=world.chi, at=AT)
    grant(world.chi, Role.COMMUNE_OFFICER, world.association)
    return dossier


def reviewing(dossier, by, points="5", reason="Vì sao"):
    given = {"dossier": dossier, "indicator_number": 1, "points": Decimal(points), "reason": reason, "by": by}
    return act("review_score", **given)


def appeal_of(world):
    return actions.file_appeal(dossier=refused_one(world), reason="Xin xem lại", by=world.an, at=AT)


def closed_meeting(world):
    dossier = sent(world)
    meeting = call_on(world, dossier)()
    given = {"present": [world.chi.person, world.an.person], "votes": {}, "notes": "", "by": world.chi, "at": AT}
    return actions.close_meeting(meeting=meeting, **given)


def line_of(world):
    refused_one(world)
    sample = actions.draw_sample(unit=world.commune, year=YEAR, percent=100, by=world.giang, at=AT)
    return sample.lines.get()


def stand_in(world, **changes):
    given = {
        "unit": world.chapter,
        "role": Role.CHAPTER_OFFICER,
        "person": world.binh.person,
        "valid_from": AT.date(),
        "valid_to": AT.date() + 30 * DAY,
        "reason": "Chi hội chưa có cán bộ",
        "by": world.dung,
    }
    return act("appoint_stand_in", **(given | changes))


DENIED, REFUSED = PermissionDenied, RefusedError
FORBIDDEN = {
    # Writing what is not one's own, or not any more
    "a stranger opens somebody's dossier": (
        lambda w: act("open_dossier", person=w.an.person, year=YEAR, by=w.binh),
        DENIED,
    ),
    "an officer of another commune opens it": (
        lambda w: act("open_dossier", person=w.an.person, year=YEAR, by=w.ha),
        DENIED,
    ),
    "a year that has not begun": (lambda w: act("open_dossier", person=w.an.person, year=YEAR + 1, by=w.an), REFUSED),
    "a neighbour scores for the person": (
        lambda w: act("save_own", dossier=draft_of(w), entries=[], by=another_member(w.chapter, 1)),
        DENIED,
    ),
    "the recogniser writes in a draft": (lambda w: act("save_own", dossier=draft_of(w), entries=[], by=w.lan), DENIED),
    "writing after handing in": (lambda w: act("save_own", dossier=sent(w), entries=[], by=w.an), REFUSED),
    "handing in twice": (lambda w: act("submit", dossier=sent(w), by=w.an), REFUSED),
    "handing in somebody else's": (lambda w: act("submit", dossier=draft_of(w), by=w.ha), DENIED),
    "handing in with an indicator left out": (
        lambda w: act("submit", dossier=actions.open_dossier(person=w.an.person, year=YEAR, by=w.an, at=AT), by=w.an),
        REFUSED,
    ),
    "attaching another person's evidence": (
        lambda w: act("save_own", dossier=draft_of(w), by=w.an, entries=[attaching(evidence_for(w.binh.person))]),
        REFUSED,
    ),
    # The assisted channel
    "handing in an assisted dossier that nobody confirmed": (
        lambda w: act("submit", dossier=assisted(w), by=w.chi),
        REFUSED,
    ),
    "confirming one's own entries as the second officer": (
        lambda w: act("confirm_assisted", dossier=assisted(w), by=w.chi),
        DENIED,
    ),
    "confirming with a wrong code": (
        lambda w: act("confirm_assisted", dossier=assisted(w), by=w.chi, code="000 000x1"),
        REFUSED,
    ),
    "confirming from another commune": (lambda w: act("confirm_assisted", dossier=assisted(w), by=w.ha), DENIED),
    "confirming what the person wrote themselves": (
        lambda w: act("confirm_assisted", dossier=draft_of(w), by=w.chi),
        REFUSED,
    ),
    # Judging out of turn, one's own, or twice
    "the officer reviews her own dossier": (lambda w: reviewing(of_chi(w), w.chi), DENIED),
    "the officer forwards her own dossier": (lambda w: act("forward", dossier=of_chi(w), by=w.chi), DENIED),
    "the person reviews their own": (lambda w: reviewing(sent(w), w.an), DENIED),
    "the association acts before the chapter": (lambda w: reviewing(sent(w), w.dung), DENIED),
    "the recogniser acts before the chapter": (lambda w: act("accept_own_scores", dossier=sent(w), by=w.lan), DENIED),
    "the province reviews": (lambda w: reviewing(sent(w), w.giang), DENIED),
    "the auditor reviews": (lambda w: reviewing(sent(w), w.minh), DENIED),
    "another commune's officer forwards": (lambda w: act("forward", dossier=sent(w), by=w.ha), DENIED),
    "judging twice in different bodies": (lambda w: reviewing(judged_elsewhere(w), w.chi), DENIED),
    "forwarding twice in different bodies": (lambda w: act("forward", dossier=judged_elsewhere(w), by=w.chi), DENIED),
    "changing a score without a reason": (lambda w: reviewing(sent(w), w.chi, reason=" "), REFUSED),
    "a score beyond the maximum": (lambda w: reviewing(sent(w), w.chi, points="11"), REFUSED),
    "a score between two steps": (lambda w: reviewing(sent(w), w.chi, points="7.3"), REFUSED),
    "forwarding with indicators not reviewed": (lambda w: act("forward", dossier=sent(w), by=w.chi), REFUSED),
    "returning without a reason": (lambda w: act("return_to_person", dossier=sent(w), reason="", by=w.chi), REFUSED),
    "forwarding without the meeting that the body needs": (
        lambda w: act("forward", dossier=quorum_of(agreed(sent(w), w.chi), 2), by=w.chi),
        REFUSED,
    ),
    "forwarding over evidence that nobody looked at": (
        lambda w: act("forward", dossier=stale(agreed(sent(w), w.chi)), by=w.chi),
        UnseenEvidenceError,
    ),
    # Deciding
    "the chapter decides": (lambda w: act("decide", dossier=sent(w), is_recognised=True, reason="", by=w.chi), REFUSED),
    "the association decides in the commune's place": (
        lambda w: act("decide", dossier=with_lan(w), is_recognised=True, reason="", by=w.dung),
        DENIED,
    ),
    "the person decides": (
        lambda w: act("decide", dossier=with_lan(w), is_recognised=True, reason="", by=w.an),
        DENIED,
    ),
    "recognising what does not pass": (
        lambda w: act(
            "decide",
            dossier=dossier_before_recogniser(w.an, w.chi, w.dung, points="7"),
            is_recognised=True,
            reason="",
            by=w.lan,
        ),
        REFUSED,
    ),
    "refusing without a reason": (
        lambda w: act("decide", dossier=with_lan(w), is_recognised=False, reason="", by=w.lan),
        REFUSED,
    ),
    "forwarding beyond the last body": (lambda w: act("forward", dossier=with_lan(w), by=w.lan), REFUSED),
    "deciding twice": (
        lambda w: act("decide", dossier=refused_one(w), is_recognised=True, reason="", by=w.lan),
        SealedError,
    ),
    "acting on a page that has grown old": (
        lambda w: act("return_to_person", dossier=_as_it_was(sent(w), w), reason="Bổ sung", by=w.chi),
        StaleError,
    ),
    # Meetings
    "a meeting on a dossier that waits elsewhere": (lambda w: call_on(w, draft_of(w)), REFUSED),
    "a meeting called from outside": (lambda w: call_on(w, sent(w), by=w.ha), DENIED),
    "one person as chair and secretary": (lambda w: call_on(w, sent(w), secretary=w.chi.person), REFUSED),
    "changing closed minutes": (
        lambda w: act("close_meeting", meeting=closed_meeting(w), present=[], votes={}, notes="Khác", by=w.chi),
        REFUSED,
    ),
    # Above the bodies
    "a stranger appeals": (
        lambda w: act("file_appeal", dossier=refused_one(w), reason="Xin xem lại", by=w.binh),
        DENIED,
    ),
    "appealing before a decision": (
        lambda w: act("file_appeal", dossier=sent(w), reason="Xin xem lại", by=w.an),
        REFUSED,
    ),
    "the recogniser answers an appeal against herself": (
        lambda w: act("answer_appeal", appeal=appeal_of(w), is_granted=False, answer="Không", by=w.lan),
        DENIED,
    ),
    "answering one's own appeal": (
        lambda w: act("answer_appeal", appeal=appeal_of(w), is_granted=True, answer="Được", by=_as_province(w.an, w)),
        DENIED,
    ),
    "answering without reasons": (
        lambda w: act("answer_appeal", appeal=appeal_of(w), is_granted=True, answer=" ", by=w.giang),
        REFUSED,
    ),
    "an officer draws the sample that inspects them": (
        lambda w: act("draw_sample", unit=w.commune, year=YEAR, percent=5, by=w.dung),
        DENIED,
    ),
    "a recogniser notes the finding on her own decision": (
        lambda w: act("note_finding", line=line_of(w), finding="confirmed", note="", by=_as_province(w.lan, w)),
        DENIED,
    ),
    "a chapter officer moves the deadline": (
        lambda w: act("set_deadline", unit=w.chapter, year=YEAR, last_day=AT.date(), by=w.chi),
        DENIED,
    ),
    "appointing oneself": (lambda w: stand_in(w, person=w.dung.person), REFUSED),
    "an association officer appoints a recogniser": (
        lambda w: stand_in(w, unit=w.commune, role=Role.RECOGNISER),
        DENIED,
    ),
    "a stand-in without an end in sight": (lambda w: stand_in(w, valid_to=AT.date() + 400 * DAY), REFUSED),
}


def _as_it_was(dossier, world):
    """A page opened while it waited at the chapter; meanwhile the chapter passed it on."""
    old = Dossier.objects.get(pk=dossier.pk)
    actions.forward(dossier=agreed(dossier, world.chi), by=world.chi, at=AT)
    return old


def _as_province(user, world):
    grant(user, Role.PROVINCE_OFFICER, world.province)
    return user


def test_there_are_thirty_and_more():
    assert len(FORBIDDEN) >= 30


@pytest.mark.parametrize("what", FORBIDDEN)
def test_forbidden(world, what):
    make, kind = FORBIDDEN[what]
    attempt = make(world)
    before, logged = _everything(), ModelLogEntry.objects.count()
    with pytest.raises(kind):
        attempt()
    assert _everything() == before
    entry = ModelLogEntry.objects.get(action="dossiers.refused")
    assert ModelLogEntry.objects.count() == logged + 1
    assert set(entry.data) == {"asked", "why"}
    assert entry.user is not None
    names = [user.person.full_name for user in (world.an, world.chi, world.dung, world.lan)]
    assert not any(name in json.dumps([entry.data, entry.label], ensure_ascii=False) for name in names)


def test_a_refusal_inside_a_larger_transaction_is_noted_by_who_rolled_it_back(world):
    dossier = submitted_dossier(world.an)
    try:
        with transaction.atomic():
            actions.forward(dossier=dossier, by=world.ha, at=AT)
    except PermissionDenied as refusal:
        assert not ModelLogEntry.objects.filter(action="dossiers.refused").exists()
        actions.note(refusal)
    assert ModelLogEntry.objects.get(action="dossiers.refused").data == {"asked": "forward", "why": "permission"}


def test_what_is_allowed_leaves_no_such_entry(world):
    dossier_before_recogniser(world.an, world.chi, world.dung)
    assert not ModelLogEntry.objects.filter(action="dossiers.refused").exists()


def _everything():
    return [list(model.objects.order_by("pk").values()) for model in (Dossier, IndicatorScore, Review, ScoreChange)]
