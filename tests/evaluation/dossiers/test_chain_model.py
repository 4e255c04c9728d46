"""Any sequence of anybody's actions on a dossier, against a model of the chain that was written apart from it.

Hypothesis plays people who try everything at any time. After each step the model says whether it had to be allowed;
and however they play, a recognised dossier has passed every body, in order, through different people, none of them
its own person.
"""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from evaluation.dossiers import actions
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.models import Appeal, Dossier, Review
from membership.actions import end_role
from membership.models import Membership, Role
from tests.factories.evaluation import AT, YEAR, evidence_for

WORLD = {}
PEOPLE = ("an", "binh", "chi", "dung", "lan", "giang", "minh", "ha")
anybody = st.sampled_from(PEOPLE)
BODIES = {0: {"chi"}, 1: {"dung"}, 2: {"lan"}}
LAST = 2
PASS, FAIL = Decimal(8), Decimal(7)


class Chain(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.world = WORLD["standing"]
        for name in PEOPLE:
            self.user(name).__dict__.pop("_standing_roles", None)
        self.bodies = {number: set(names) for number, names in BODIES.items()}
        self.state, self.at_body, self.is_stale = "draft", None, False
        self.own, self.own_at_last_review = None, None
        self.reviewed = dict.fromkeys(range(1, 11))
        self.judged = {name: set() for name in PEOPLE}
        self.clock = AT

    def teardown(self):
        transaction.set_rollback(True)
        self.rolled_back.__exit__(None, None, None)

    @initialize(owner=st.sampled_from(["an", "chi"]))
    def opened(self, owner):
        self.owner = owner
        person = self.user(owner).person
        self.dossier = actions.open_dossier(person=person, year=YEAR, by=self.user(owner), at=self.clock)

    # --- what people do -----------------------------------------------------------------------

    @rule(points=st.sampled_from([PASS, FAIL]), by=anybody)
    def save(self, points, by):
        entries = [actions.OwnEntry(number, points) for number in range(1, 11)]
        helpers = {"dung", *self.bodies[0]}  # they assist; what they write has to be confirmed
        is_allowed = by in {self.owner, *helpers} and self.state in {"draft", "returned"}
        if self.tried(is_allowed, "save_own", by, entries=entries):
            self.own = points

    @rule(by=anybody)
    def submit(self, by):
        is_allowed = by == self.owner and self.state in {"draft", "returned"} and self.own is not None
        if self.tried(is_allowed, "submit", by):
            if self.own_at_last_review not in {None, self.own}:
                self.reviewed = dict.fromkeys(range(1, 11))
            self.state, self.at_body, self.is_stale = "in_review", 0, False

    @rule(by=anybody, points=st.sampled_from([PASS, FAIL]), reason=st.sampled_from(["", "Đã xem bản gốc"]))
    def give_a_score(self, by, points, reason):
        standing = self.own if self.reviewed[1] is None else self.reviewed[1]
        is_allowed = self.may_act(by) and (points == standing or bool(reason))
        if self.tried(is_allowed, "review_score", by, indicator_number=1, points=points, reason=reason):
            if points != standing:
                self.judged[by].add(self.at_body)
            self.reviewed[1] = points

    @rule(by=anybody)
    def agree(self, by):
        if self.tried(self.may_act(by), "accept_own_scores", by):
            self.reviewed = {number: points or self.own for number, points in self.reviewed.items()}

    @rule(by=anybody)
    def forward(self, by):
        is_allowed = self.may_act(by) and self.at_body != LAST and all(self.reviewed.values()) and not self.is_stale
        if self.tried(is_allowed, "forward", by):
            self.note(by)
            self.at_body += 1

    @rule(by=anybody, reason=st.sampled_from(["", "Bổ sung minh chứng"]))
    def send_back(self, by, reason):
        if self.tried(self.may_act(by) and bool(reason), "return_to_person", by, reason=reason):
            self.note(by)
            self.state, self.at_body = "returned", None

    @rule(by=anybody, is_recognised=st.booleans(), reason=st.sampled_from(["", "Chưa đủ minh chứng"]))
    def decide(self, by, is_recognised, reason):
        passes = all(self.reviewed.values()) and sum(self.reviewed.values()) >= 80
        is_allowed = self.may_act(by) and self.at_body == LAST and not self.is_stale
        # Another recogniser's office is not enough: it has to be of this commune.
        is_allowed = is_allowed and by in self.bodies[LAST] and (passes if is_recognised else bool(reason))
        if self.tried(is_allowed, "decide", by, is_recognised=is_recognised, reason=reason):
            self.note(by)
            self.state, self.at_body = ("recognised" if is_recognised else "not_recognised"), None

    @rule()
    def evidence_comes(self):
        came = self.clock + datetime.timedelta(microseconds=1)
        evidence_for(self.dossier.person, recorded_at=came)
        actions.take_up_evidence(person_id=self.dossier.person_id, year=self.dossier.year)
        is_signed_off = self.state == "in_review" and self.at_body > 0
        if is_signed_off or self.state in {"recognised", "not_recognised"}:
            self.is_stale = True

    @rule(by=anybody)
    def look_again(self, by):
        if self.tried(self.may_act(by), "look_again", by):
            self.is_stale = False

    @precondition(lambda self: self.state == "not_recognised")
    @rule(is_granted=st.booleans(), by=anybody)
    def appeal(self, is_granted, by):
        if Appeal.objects.exists():  # one is enough for a run
            return
        filed = actions.file_appeal(dossier=self.dossier, reason="Xin xem lại", by=self.user(self.owner), at=self.clock)
        given = {"appeal": filed, "is_granted": is_granted, "answer": "Đã xem xét"}
        if self.tried(by == "giang", "answer_appeal", by, **given) and is_granted:
            self.state = "returned"

    @rule(is_recognised=st.booleans())
    def go_on_as_one_should(self, is_recognised):
        """So that runs come far: what comes next, by somebody who may."""
        if self.state in {"draft", "returned"}:
            self.save(by=self.owner, points=PASS)
            self.submit(by=self.owner)
        able = next((name for name in PEOPLE if self.may_act(name)), None)
        if able is None:
            return
        self.agree(by=able)
        self.look_again(by=able)
        if self.at_body == LAST:
            self.decide(by=able, is_recognised=is_recognised, reason="Đã xem xét đủ")
        else:
            self.forward(by=able)

    # --- what happens to the bodies -----------------------------------------------------------

    @precondition(lambda self: "chi" in self.bodies[0])
    @rule()
    def the_chapter_loses_its_officer(self):
        held = Membership.objects.get(person=self.world.chi.person, role=Role.CHAPTER_OFFICER)
        end_role(membership=held, valid_to=AT.date(), by=None, at=AT)
        self.bodies[0].discard("chi")

    @precondition(lambda self: "binh" not in self.bodies[LAST])
    @rule()
    def the_province_appoints_a_stand_in(self):
        actions.appoint_stand_in(
            unit=self.world.commune,
            role=Role.RECOGNISER,
            person=self.world.binh.person,
            valid_from=AT.date(),
            valid_to=AT.date() + datetime.timedelta(days=90),
            reason="Người có thẩm quyền đã thẩm định ở cấp dưới",
            by=self.world.giang,
            at=AT,
        )
        self.bodies[LAST].add("binh")

    # --- what must hold -----------------------------------------------------------------------

    @invariant()
    def model_and_row_agree(self):
        row = Dossier.objects.select_related("current_step").get(person=self.user(self.owner).person)
        body = row.current_step.order - 1 if row.current_step else None
        assert (row.state, body, row.stale_since is not None) == (self.state, self.at_body, self.is_stale)

    @invariant()
    def no_title_without_every_body(self):
        row = Dossier.objects.get(person=self.user(self.owner).person)
        if row.state != Dossier.State.RECOGNISED:
            return
        WORLD["recognised"] += 1
        reviews = list(row.reviews.filter(at__gte=row.submitted_at).select_related("step"))
        assert [review.step.order for review in reviews] == [1, 2, 3]
        assert [review.outcome for review in reviews] == [
            Review.Outcome.FORWARDED,
            Review.Outcome.FORWARDED,
            Review.Outcome.RECOGNISED,
        ]
        assert len({review.by_id for review in reviews}) == 3
        assert row.person.user.pk not in {review.by_id for review in reviews}
        assert Decimal(row.frozen["verdict"]["total"]) >= 80
        assert min(Decimal(indicator["reviewed"]) for indicator in row.frozen["indicators"]) >= 5

    # --- the model ----------------------------------------------------------------------------

    def may_act(self, name):
        """At the body itself, or, where nobody there may, at the next above, or at the one above that."""
        if self.state != "in_review":
            return False
        for body in range(self.at_body, LAST + 1):
            able = {who for who in self.bodies[body] if who != self.owner and not self.judged[who] - {self.at_body}}
            if able:
                return name in able
        return False

    def note(self, by):
        self.judged[by].add(self.at_body)
        self.own_at_last_review = self.own

    def tried(self, is_allowed, name, by, **given):
        """Does it, and says whether it was done; fails where the model says otherwise."""
        self.clock += datetime.timedelta(minutes=1)
        about = {} if "appeal" in given else {"dossier": Dossier.objects.get(pk=self.dossier.pk)}
        try:
            getattr(actions, name)(**about, **given, by=self.user(by), at=self.clock)
            is_done = True
        except (PermissionDenied, RefusedError):
            is_done = False
        assert is_done == is_allowed, f"{name} by {by} was {'done' if is_done else 'refused'}"
        return is_done

    def user(self, name):
        user = getattr(self.world, name)
        user.__dict__.pop("_standing_roles", None)
        return user


@pytest.mark.slow(reason="Hypothesis walks many ways through the chain, each through real actions.")
@pytest.mark.django_db
def test_no_way_to_a_title_but_through_every_body(world):
    WORLD.update(standing=world, recognised=0)
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Chain,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            suppress_health_check=checks,
            phases=[Phase.generate, Phase.shrink],
        ),
    )
    assert WORLD["recognised"] >= 10, "too few runs came as far as a title to say anything"
