"""Who plays the model of a decision, and its first half: up to the body that recognises, by vote and by link."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from evaluation.dossiers import actions as chain
from evaluation.dossiers.models import Dossier, ReviewStep
from evaluation.registrations.actions import register
from membership.slips.codes import browser_hash
from tests.factories.evaluation import AT, YEAR, submitted_dossier

CHAPTER, COMMUNE, RECOGNISER, RETURNED, DECIDED, REVOKED = range(6)
AGREED, VOTED_DOWN = True, False
CODE, HERE = "K7MN-3HPC-XA4T", browser_hash("here")
CITIZENS = ("an", "em")
PEOPLE = ("an", "em", "chi", "dung", "lan", "xac", "stranger")
RECOGNISERS = {"lan", "xac", "an"}  # An recognises too, and stands on lists
BODIES = {CHAPTER: {"chi"}, COMMUNE: {"dung"}, RECOGNISER: RECOGNISERS}
ABOVE = {"dung", *RECOGNISERS}  # they act for the association, and forward there only what is theirs
REFUSALS = (PermissionDenied, ValidationError)
WORLD: dict[str, Any] = {}
anybody, citizen = st.sampled_from(PEOPLE), st.sampled_from(CITIZENS)


class UpToTheRecogniser(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.world, self.clock = WORLD["world"], AT
        self.stage = dict.fromkeys(CITIZENS, CHAPTER)
        self.vote = dict.fromkeys(CITIZENS)
        self.link = None
        for name in CITIZENS:
            submitted_dossier(self.user(name))

    def teardown(self):
        transaction.set_rollback(True)
        self.rolled_back.__exit__(None, None, None)

    # --- up to the recogniser -------------------------------------------------------------------

    @rule(who=citizen, by=anybody)
    def register(self, who, by):
        """It opens the year, and gives nothing."""
        self.tried(by == who, lambda: register(person=self.user(who).person, year=YEAR, **self.now(by)))

    @rule(who=citizen, by=anybody, agreed=st.booleans())
    def meet(self, who, by, agreed):
        if self.tried(by == "chi" and self.stage[who] == CHAPTER, lambda: self.met(who, by, agreed)):
            self.vote[who] = agreed

    @rule(who=citizen, by=anybody)
    def forward(self, who, by):
        stage = self.stage[who]
        is_allowed = stage in (CHAPTER, COMMUNE) and by in BODIES[stage]
        is_allowed = is_allowed and (stage == COMMUNE or self.vote[who] is AGREED)
        if self.tried(is_allowed, lambda: self.sent_on(who, by)):
            self.stage[who] += 1

    @rule(who=citizen, by=anybody)
    def send_back(self, who, by):
        is_allowed = by in BODIES.get(self.stage[who], ()) and by != who
        given = {"dossier": self.dossier(who), "reason": "Bổ sung"}
        if self.tried(is_allowed, lambda: chain.return_to_person(**given, **self.now(by))):
            self.stage[who], self.vote[who] = RETURNED, None

    @rule(who=citizen, by=anybody)
    def submit_again(self, who, by):
        is_allowed = self.stage[who] == RETURNED and by == who
        if self.tried(is_allowed, lambda: chain.submit(dossier=self.dossier(who), **self.now(by))):
            self.stage[who] = CHAPTER

    @rule(by=anybody)
    def freeze_list(self, by):
        waiting = {who for who in CITIZENS if self.stage[who] == COMMUNE}
        is_allowed = by in ABOVE and bool(waiting)
        step = self.step_of(COMMUNE)
        given = {"step": step, "unit": self.world.association, "year": YEAR, "token": str(self.clock), "code": CODE}
        if found := self.tried(is_allowed, lambda: chain.freeze_list(**given, **self.now(by))):
            self.link = SimpleNamespace(row=found, left=waiting, word=None)

    @rule(code=st.sampled_from([CODE, "2222"]), word=st.sampled_from(["agree", "disagree"]), here=st.booleans())
    def answer_by_link(self, code, word, here):
        if self.link is None:
            return
        browser = HERE if here else browser_hash("elsewhere")
        row = type(self.link.row).objects.get(pk=self.link.row.pk)
        is_open = chain.enter_code(link=row, code=code, browser=browser, at=self.clock).kind == "opened"
        said = {line: chain.LinkAnswer(word, "Bổ sung") for line in row.lines.values_list("dossier_id", flat=True)}
        reply = chain.Reply(said, "Nguyễn Thị Hoa", "Bí thư chi bộ")
        answered = chain.answer_list(link=row, reply=reply, browser=browser, at=self.clock).kind == "answer"
        assert not answered or is_open or here
        if answered:
            assert self.link.word is None, "a link answers once"
            self.link.word = word

    @rule(by=anybody)
    def take_over(self, by):
        if self.link is None:
            return
        is_allowed = by in ABOVE and self.link.word is not None
        done = self.tried(is_allowed, lambda: chain.take_over(link=self.link.row, **self.now(by)))
        if done is None or by != "dung":
            return
        for who in [who for who in self.link.left if self.stage[who] == COMMUNE]:
            self.stage[who] = RECOGNISER if self.link.word == "agree" else RETURNED
            self.vote[who] = self.vote[who] if self.link.word == "agree" else None
            self.link.left.discard(who)

    @rule(who=citizen)
    def go_on_as_one_should(self, who):
        """So that runs come far."""
        if self.stage[who] == RETURNED:
            self.submit_again(who=who, by=who)
        if self.stage[who] == CHAPTER:
            self.meet(who=who, by="chi", agreed=True)
            self.forward(who=who, by="chi")
        if self.stage[who] == COMMUNE:
            self.forward(who=who, by="dung")

    # --- doing it -------------------------------------------------------------------------------

    def tried(self, is_allowed, act):
        """Does it, and returns what came of it, None if it was refused; fails where the model says otherwise."""
        self.clock += datetime.timedelta(minutes=1)
        try:
            with transaction.atomic():
                done = act()
        except REFUSALS:
            if is_allowed:
                raise
            return None
        assert is_allowed, "was done"
        return done

    def met(self, who, by, agreed):
        dossier, others = self.dossier(who), WORLD["members"]
        chain.accept_own_scores(dossier=dossier, **self.now(by))
        meeting = chain.call_meeting(
            step=dossier.current_step, unit=self.world.chapter, held_at=self.clock,
            place="Nhà văn hóa", chair=self.world.chi.person, secretary=others[0], invited=others,
            dossiers=[dossier], **self.now(by),
        )  # fmt: skip
        votes = {dossier.pk: chain.Vote(against=0 if agreed else 3)}
        present = [self.world.chi.person, *others]
        return chain.close_meeting(meeting=meeting, present=present, votes=votes, notes="", **self.now(by))

    def sent_on(self, who, by):
        chain.accept_own_scores(dossier=self.dossier(who), **self.now(by))
        return chain.forward(dossier=self.dossier(who), **self.now(by))

    def dossier(self, who):
        return Dossier.objects.get(person=self.user(who).person)

    def now(self, by):
        return {"by": self.user(by), "at": self.clock}

    def user(self, name):
        user = getattr(self.world, name, None) or WORLD["others"][name]
        user.__dict__.pop("_standing_roles", None)
        return user

    def step_of(self, stage):
        return ReviewStep.objects.filter(chain__group="residents", order=stage + 1).order_by("chain__preference")[0]
