"""Any sequence of anybody's acts from the chapter's meeting to the signed decision and its revocation, against a model
that was written apart from it.

Hypothesis plays people who try everything at any time: they register, vote, answer by link, draft, issue, hand in,
confirm, refuse, withdraw, sign and revoke. However they play, a title that stands has passed every body, the one that
votes by a meeting that agreed, and a decision that whom it names signed, or that two officers saw signed.
"""

from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from evaluation.dossiers.models import MeetingLine, ReviewStep
from evaluation.recognition import actions
from evaluation.recognition.actions.digital import hand_in_signed
from evaluation.recognition.models import Decision, State, Title, Way
from evaluation.recognition.revocation import Trust
from learning.evidence.files import inspect
from membership.models import Role, User
from tests.evaluation.recognition.playing import (
    CITIZENS,
    DECIDED,
    RECOGNISER,
    RECOGNISERS,
    REVOKED,
    WORLD,
    UpToTheRecogniser,
    anybody,
    citizen,
)
from tests.evaluation.recognition.signing import YEAR as A_YEAR
from tests.evaluation.recognition.signing import certify, saved_anew, signed
from tests.factories.evaluation import AT, YEAR, another_member
from tests.factories.people import add_user, grant

SIGNER = "Trần Thị Lan"
able, reason = st.sampled_from(sorted(RECOGNISERS)), st.sampled_from(["", "Ghi nhầm"])


class UpToTheTitle(UpToTheRecogniser):
    def __init__(self):
        super().__init__()
        self.decisions = {}

    # --- the decision ---------------------------------------------------------------------------

    @rule(who=citizen, by=anybody)
    def draft(self, who, by):
        held = self.list_of(who)
        is_allowed = by in RECOGNISERS and (held is not None or (self.stage[who] == RECOGNISER and by != who))
        given = {"unit": self.world.commune, "year": YEAR, "dossiers": [self.dossier(who)]}
        if found := self.tried(is_allowed, lambda: actions.draft_decision(**given, **self.now(by))):
            new = SimpleNamespace(
                pk=found.pk,
                state=State.DRAFT,
                people=set(),
                number="",
                copy=None,
                by=None,
                last=None,
                is_refused=False,
                way="",
            )
            (held or self.decisions.setdefault(found.pk, new)).people.add(who)

    @rule(by=anybody, number=st.sampled_from(["1/QĐ-UBND", "2/QĐ-UBND"]))
    def issue(self, by, number):
        decision = self.one(State.DRAFT)
        if decision is None:
            return
        taken = {one.number for one in self.decisions.values() if one.state != State.WITHDRAWN}
        is_allowed = by in RECOGNISERS and self.stands(decision, by) and number not in taken
        given = {"number": number, "signed_on": AT.date(), "signer_name": SIGNER, "signer_title": "Chủ tịch"}
        row = Decision.objects.get(pk=decision.pk)
        if self.tried(is_allowed, lambda: actions.issue(decision=row, **given, **self.now(by))):
            decision.state, decision.number = State.ISSUED, number

    @rule(by=anybody, content=st.sampled_from([b"%PDF-1.7 scan", b"%PDF-1.7 another"]))
    def hand_in(self, by, content):
        decision = self.latest()
        if decision is None:
            return
        is_again = decision.copy == content
        is_allowed = by in RECOGNISERS and (is_again or self.may_hand_in(decision, by))
        given = {"decision": Decision.objects.get(pk=decision.pk), "upload": _upload(content)}
        found = self.tried(is_allowed, lambda: actions.hand_in(**given, **self.now(by)))
        if found and not is_again:
            decision.copy, decision.by, decision.last, decision.is_refused = content, by, found, False

    @rule(by=anybody, signer=st.sampled_from([SIGNER, "Lê Minh"]), is_anew=st.booleans())
    def hand_in_signed(self, by, signer, is_anew):
        """The file as it was issued, or as another program saved it anew, which waits for a second officer."""
        decision = self.latest()
        if decision is None or decision.state != State.ISSUED:
            return
        is_allowed = by in RECOGNISERS and self.may_hand_in(decision, by) and signer == SIGNER
        is_allowed = is_allowed and (is_anew or self.stands(decision, by))
        row = Decision.objects.get(pk=decision.pk)
        file = saved_anew(_bytes(row.paper)) if is_anew else _bytes(row.paper)
        given = {"decision": row, "upload": _upload(signed(file, WORLD["tools"][signer])), "trust": WORLD["trust"]}
        if not self.tried(is_allowed, lambda: hand_in_signed(**given, **self.now(by))):
            return
        decision.copy, decision.by = b"digital", by
        if not is_anew:
            self.in_effect(decision, Way.DIGITAL)
            return
        decision.last, decision.is_refused = row.copies.get(refusal=""), False

    @rule(by=anybody)
    def confirm(self, by):
        decision = self.latest()
        if decision is None or decision.last is None:
            return
        is_over = decision.state == State.IN_EFFECT
        is_allowed = self.may_judge(decision, by) and self.stands(decision, by)
        is_allowed = by in RECOGNISERS and (is_over or is_allowed)
        if self.tried(is_allowed, lambda: actions.confirm(copy=decision.last, **self.now(by))) and not is_over:
            self.in_effect(decision, decision.last.way)

    @rule(by=anybody, why=reason)
    def refuse(self, by, why):
        decision = self.latest()
        if decision is None or decision.last is None:
            return
        is_over = decision.is_refused
        is_allowed = by in RECOGNISERS and (is_over or (self.may_judge(decision, by) and bool(why)))
        if (
            self.tried(is_allowed, lambda: actions.refuse(copy=decision.last, reason=why, **self.now(by)))
            and not is_over
        ):
            decision.copy, decision.is_refused = None, True

    @rule(by=anybody, why=reason)
    def withdraw(self, by, why):
        decision = self.latest()
        if decision is None:
            return
        is_allowed = by in RECOGNISERS and (
            decision.state == State.WITHDRAWN or (decision.state == State.ISSUED and bool(why))
        )
        row = Decision.objects.get(pk=decision.pk)
        if self.tried(is_allowed, lambda: actions.withdraw(decision=row, reason=why, **self.now(by))):
            decision.state, decision.people = State.WITHDRAWN, set()

    @rule(who=citizen, by=anybody, why=reason)
    def revoke(self, who, by, why):
        title = Title.objects.filter(person=self.user(who).person).first()
        if title is None:
            return
        is_allowed = by in RECOGNISERS and (self.stage[who] == REVOKED or (by != who and bool(why)))
        if self.tried(is_allowed, lambda: actions.revoke(title=title, reason=why, **self.now(by))):
            self.stage[who] = REVOKED

    @rule(officers=st.permutations(sorted(RECOGNISERS)))
    def sign_it_on_paper_as_one_should(self, officers):
        self.issue_as_one_should(officers[0])
        self.hand_in(by=officers[1], content=b"%PDF-1.7 scan")
        self.confirm(by=officers[2])

    @rule(by=able)
    def sign_it_digitally_as_one_should(self, by):
        self.issue_as_one_should(by)
        self.hand_in_signed(by=by, signer=SIGNER, is_anew=False)

    @rule(officers=st.permutations(sorted(RECOGNISERS)))
    def sign_another_file_as_one_should(self, officers):
        self.issue_as_one_should(officers[0])
        self.hand_in_signed(by=officers[1], signer=SIGNER, is_anew=True)
        self.confirm(by=officers[2])

    def issue_as_one_should(self, by):
        for who in CITIZENS:
            self.go_on_as_one_should(who=who)
            self.draft(who=who, by=by)
        taken = {one.number for one in self.decisions.values() if one.state != State.WITHDRAWN}
        for number in sorted({"1/QĐ-UBND", "2/QĐ-UBND"} - taken)[:1]:
            self.issue(by=by, number=number)

    # --- what must hold -------------------------------------------------------------------------

    @invariant()
    def model_and_rows_agree(self):
        rows = {row.pk: row for row in Decision.objects.prefetch_related("lines__dossier__person__user")}
        assert rows.keys() == self.decisions.keys()
        for pk, decision in self.decisions.items():
            people = {line.dossier.person_id for line in rows[pk].lines.all()}
            assert (rows[pk].state, rows[pk].way) == (decision.state, decision.way)
            assert people == {self.user(who).person_id for who in decision.people}
        titled = {self.user(who).person_id for who in CITIZENS if self.stage[who] == DECIDED}
        assert set(Title.objects.standing().values_list("person_id", flat=True)) == titled

    @invariant()
    def no_title_without_every_body_and_its_signature(self):
        for title in Title.objects.standing().select_related("decision", "dossier", "person__user"):
            WORLD["titles"][title.decision.way] += 1
            _passed_every_body(title.dossier)
            _is_signed(title.decision)

    # --- the model ------------------------------------------------------------------------------

    def may_hand_in(self, decision, by):
        return decision.state == State.ISSUED and decision.copy is None and by not in decision.people

    def may_judge(self, decision, by):
        waits = decision.state == State.ISSUED and decision.copy is not None
        return waits and by in RECOGNISERS and by != decision.by and by not in decision.people

    def stands(self, decision, by):
        return bool(decision.people) and all(self.stage[who] == RECOGNISER and who != by for who in decision.people)

    def in_effect(self, decision, way):
        decision.state, decision.way = State.IN_EFFECT, way
        self.stage |= dict.fromkeys(decision.people, DECIDED)

    def one(self, state):
        return next((one for one in self.decisions.values() if one.state == state), None)

    def latest(self):
        """The one that was issued last."""
        return next((one for _pk, one in sorted(self.decisions.items(), reverse=True) if one.number), None)

    def list_of(self, who):
        return next((one for one in self.decisions.values() if who in one.people), None)


def _upload(content):
    return inspect(ContentFile(content, name="quyet-dinh.pdf"), limit=10_000_000)


def _bytes(file):
    with file.open("rb") as opened:
        return opened.read()


def _passed_every_body(dossier):
    reviews = list(dossier.reviews.filter(at__gte=dossier.submitted_at).select_related("step").order_by("at", "pk"))
    assert [review.step.order for review in reviews] == [1, 2, 3]
    judges = [review.by_id for review in reviews]
    assert len({*judges, dossier.person.user.pk}) == 4
    voted = MeetingLine.objects.get(meeting=reviews[0].meeting_id, dossier=dossier)
    assert (voted.result, voted.votes_for) == (MeetingLine.Result.CARRIED, 3)


def _is_signed(decision):
    assert decision.is_in_effect
    copy = decision.copies.get(refusal="")
    people = set(decision.lines.values_list("dossier__person__user", flat=True))
    if decision.way == Way.DIGITAL:
        assert _bytes(copy.file).startswith(_bytes(decision.paper))
        assert [signer["name"] for signer in copy.signers] == [decision.signer_name]
        assert copy.handed_in_by_id not in people
        return
    assert len({copy.handed_in_by_id, copy.judged_by_id, None}) == 3
    assert not {copy.handed_in_by_id, copy.judged_by_id} & people


@pytest.fixture
def played(world):
    ReviewStep.objects.filter(order=1).update(quorum=3)
    ReviewStep.objects.filter(order=2, recognises=False).update(by_link=True)
    members = [another_member(world.chapter, number).person for number in range(1, 3)]
    for name, full_name, unit in (("xac", "Hồ Thị Xác", world.commune), ("stranger", "Lê Xa", world.foreign_commune)):
        grant(add_user(name, full_name), Role.RECOGNISER, unit)
    grant(add_user("em", "Võ Thị Em"), Role.MEMBER, world.chapter)
    grant(world.an, Role.RECOGNISER, world.commune)
    span = {"since": AT - A_YEAR, "until": AT + A_YEAR}
    root = certify("Cơ quan chứng thực", authority=True, **span)
    tools = {name: root.issue(name, **span).tool() for name in (SIGNER, "Lê Minh")}
    others = {user.username: user for user in User.objects.filter(username__in=["em", "xac", "stranger"])}
    WORLD.update(world=world, others=others, members=members, tools=tools, trust=Trust((root.der,), ()))
    WORLD["titles"] = {Way.PAPER: 0, Way.DIGITAL: 0, Way.TEXT: 0}


@pytest.mark.slow(reason="Hypothesis walks many ways to a decision in effect, through real actions and files.")
@pytest.mark.django_db
def test_no_way_to_a_title_in_effect_but_through_every_body_and_its_signature(played):
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        UpToTheTitle,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            suppress_health_check=checks,
            phases=[Phase.generate, Phase.shrink],
        ),
    )
    assert min(WORLD["titles"].values()) >= 10, "too few runs came as far as a title to say anything"
