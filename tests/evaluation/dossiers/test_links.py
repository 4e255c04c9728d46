"""A body without accounts answers by link: what is refused, what comes back, and that nobody is recognised by it."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from evaluation.dossiers.actions import (
    LinkAnswer,
    Reply,
    answer_list,
    enter_code,
    freeze_list,
    revoke_link,
    save_review,
    take_over,
)
from evaluation.dossiers.actions.guards import RefusedError
from evaluation.dossiers.actions.people import erase_dossiers
from evaluation.dossiers.actions.reviewing import ReviewEntry
from evaluation.dossiers.models import BodyLink, Dossier, LinkAct, Review, ReviewStep
from evaluation.dossiers.seals import foreign_words
from learning.evidence.actions import begin_sealing, seal
from membership.slips.codes import browser_hash
from tests.factories.evaluation import AT, YEAR, another_member, dossier_before_recogniser, submitted_dossier
from tests.laid import laid_once
from tests.learning.evidence.ledgers import faults
from tests.queries import assert_constant_queries

CODE = "K7MN-3HPC-XA4T"
HERE, ELSEWHERE = browser_hash("here"), browser_hash("elsewhere")
DAY = datetime.timedelta(days=1)


@pytest.fixture
@laid_once
def waiting(world):
    begin_sealing(at=AT)
    ReviewStep.objects.filter(order=1).update(by_link=True)
    return [submitted_dossier(another_member(world.chapter, number)) for number in range(3)]


def freeze(world, waiting, by=None, at=AT, token="duong-dan"):
    step = waiting[0].current_step
    return freeze_list(step=step, unit=world.chapter, year=YEAR, token=token, code=CODE, by=by or world.chi, at=at)


def reply(waiting, **words):
    said = {row.pk: LinkAnswer(words.get(f"of_{place}", "agree")) for place, row in enumerate(waiting)}
    return Reply(said, "Nguyễn Thị Hoa", "Bí thư chi bộ")


def kinds(link):
    return list(link.acts.values_list("kind", flat=True))


@pytest.fixture
def link(world, waiting):
    return freeze(world, waiting)


@pytest.fixture
def opened(link):
    assert enter_code(link=link, code="k7mn3hpcxa4t", browser=HERE, at=AT).kind == "opened"
    return BodyLink.objects.get(pk=link.pk)


@pytest.fixture
def answered(opened, waiting):
    said = reply(waiting)
    said.answers[waiting[1].pk] = LinkAnswer("disagree", "Bổ sung minh chứng đọc sách")
    assert answer_list(link=opened, reply=said, browser=HERE, at=AT).kind == "answer"
    return BodyLink.objects.get(pk=opened.pk)


def test_the_list_is_what_waits_and_neither_link_nor_code_is_kept(link, waiting):
    assert {line.dossier_id for line in link.lines.all()} == {row.pk for row in waiting}
    assert link.lines.first().frozen["scores"][0] == [1, "8.0", "0.0", None]
    assert link.expires_at == AT + 14 * DAY
    kept = str(BodyLink.objects.filter(pk=link.pk).values().get())
    assert CODE not in kept
    assert "duong-dan" not in kept


def test_a_body_whose_chain_does_not_say_so_gets_no_link(world, waiting):
    ReviewStep.objects.update(by_link=False)
    with pytest.raises(RefusedError):
        freeze(world, waiting)


def test_the_body_that_recognises_never_answers_by_link(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewStep.objects.filter(recognises=True).update(by_link=True)
    dossier = dossier_before_recogniser(world.an, world.chi, world.dung)
    step, unit = dossier.current_step, dossier.current_unit
    step.by_link = True
    with pytest.raises(RefusedError):
        freeze_list(step=step, unit=unit, year=YEAR, token="x", code=CODE, by=world.lan, at=AT)


def test_an_officer_from_elsewhere_freezes_revokes_and_takes_over_nothing(world, waiting, answered):
    with pytest.raises(PermissionDenied):
        freeze(world, waiting, by=world.ha)
    with pytest.raises(PermissionDenied):
        revoke_link(link=answered, by=world.ha, at=AT)
    with pytest.raises(PermissionDenied):
        take_over(link=answered, by=world.ha, at=AT)


def test_a_second_list_ends_the_first(world, waiting, link):
    freeze(world, waiting, token="moi")
    assert enter_code(link=link, code=CODE, browser=HERE, at=AT).kind == "revoked"


def test_wrong_codes_are_counted_and_the_fifth_ends_the_link(link):
    tried = [enter_code(link=link, code="2222", browser=HERE, at=AT).kind for _time in range(5)]
    assert tried == ["code"] * 5
    assert enter_code(link=link, code=CODE, browser=HERE, at=AT).kind == "tried"
    assert BodyLink.objects.get(pk=link.pk).state_at(AT) == "tried"


def test_an_expired_link_is_refused(link):
    assert enter_code(link=link, code=CODE, browser=HERE, at=AT + 14 * DAY).kind == "expired"


def test_a_forwarded_link_is_refused_in_another_browser_even_with_the_code(opened, waiting):
    assert enter_code(link=opened, code=CODE, browser=ELSEWHERE, at=AT).kind == "browser"
    assert answer_list(link=opened, reply=reply(waiting), browser=ELSEWHERE, at=AT).kind == "browser"
    assert not BodyLink.objects.get(pk=opened.pk).answered_at


def test_nobody_answers_before_the_code(link, waiting):
    assert answer_list(link=link, reply=reply(waiting), browser="", at=AT).kind == "browser"


def test_a_link_answers_once(answered, waiting):
    assert answer_list(link=answered, reply=reply(waiting), browser=HERE, at=AT).kind == "used"
    assert enter_code(link=answered, code=CODE, browser=HERE, at=AT).kind == "used"
    assert answered.lines.filter(word="disagree").count() == 1


def test_a_revoked_link_is_refused_and_revoking_twice_changes_nothing(world, opened, waiting):
    for _time in range(2):
        revoke_link(link=opened, by=world.chi, at=AT)
    assert answer_list(link=opened, reply=reply(waiting), browser=HERE, at=AT).kind == "revoked"
    assert kinds(opened) == ["frozen", "opened", "revoke", "revoked"]


def test_an_answer_that_came_is_not_revoked(world, answered):
    with pytest.raises(RefusedError):
        revoke_link(link=answered, by=world.chi, at=AT)


@pytest.mark.parametrize("missing", [{"name": " "}, {"function": ""}, {"answers": {}}])
def test_an_answer_without_a_word_a_name_or_a_function_may_be_sent_again(opened, waiting, missing):
    with pytest.raises(RefusedError):
        answer_list(link=opened, reply=replace(reply(waiting), **missing), browser=HERE, at=AT)
    assert answer_list(link=opened, reply=reply(waiting), browser=HERE, at=AT).kind == "answer"


def test_who_does_not_agree_says_why(opened, waiting):
    with pytest.raises(RefusedError, match=waiting[0].person.full_name):
        answer_list(link=opened, reply=reply(waiting, of_0="disagree"), browser=HERE, at=AT)


def test_what_came_back_becomes_the_steps_verdicts_and_recognises_nobody(world, answered, waiting):
    results = take_over(link=answered, by=world.chi, at=AT)
    assert all(result.is_done for result in results)
    rows = [Dossier.objects.get(pk=row.pk) for row in waiting]
    assert [row.state for row in rows] == ["in_review", "returned", "in_review"]
    assert rows[0].current_step.order == 2
    assert rows[1].reviews.get().reason == "Bổ sung minh chứng đọc sách"
    assert not Review.objects.filter(outcome="recognised").exists()
    assert take_over(link=answered, by=world.chi, at=AT) == []


def test_nothing_is_taken_over_before_the_body_has_answered(world, opened):
    with pytest.raises(RefusedError):
        take_over(link=opened, by=world.chi, at=AT)
    assert not Review.objects.exists()


def test_what_changed_since_the_freezing_is_named_and_left_out(world, answered, waiting):
    save_review(dossier=waiting[0], entries=[ReviewEntry(1, 5, "Chưa đủ")], by=world.chi, at=AT)
    results = {result.dossier.pk: result for result in take_over(link=answered, by=world.chi, at=AT)}
    assert not results[waiting[0].pk].is_done
    assert results[waiting[2].pk].is_done
    assert Dossier.objects.get(pk=waiting[0].pk).current_step.order == 1
    assert answered.lines.filter(taken_at=None).count() == 1


def test_no_officer_takes_over_the_answer_on_their_own_dossier(world, waiting):
    own = submitted_dossier(world.chi)
    link = freeze(world, waiting)
    enter_code(link=link, code=CODE, browser=HERE, at=AT)
    answer_list(link=link, reply=reply([*waiting, own]), browser=HERE, at=AT)
    results = take_over(link=link, by=world.chi, at=AT)
    assert [result.dossier.pk for result in results if not result.is_done] == [own.pk]
    assert Dossier.objects.get(pk=own.pk).current_step.order == 1


def test_a_body_that_must_meet_is_not_excused_from_it_by_a_link(world, answered, waiting):
    ReviewStep.objects.filter(order=1).update(quorum=3)
    results = {result.dossier.pk: result.is_done for result in take_over(link=answered, by=world.chi, at=AT)}
    assert not results[waiting[0].pk]


def test_what_was_typed_stands_in_no_act(link):
    enter_code(link=link, code="XXXX-YYYY", browser=HERE, at=AT)
    assert "XXXX" not in str(list(LinkAct.objects.values()))


def test_each_act_is_sealed_and_what_was_changed_or_made_up_is_found(world, answered):
    take_over(link=answered, by=world.chi, at=AT)
    seal(at=AT + DAY)
    assert faults() == []
    LinkAct.objects.filter(kind="opened").update(kind="code")
    made_up = LinkAct.objects.create(link=answered, kind="answer", at=AT)
    answered.lines.filter(word="disagree").update(word="agree")
    told = "\n".join(map(str, faults()))
    assert f"link {LinkAct.objects.get(kind='code').pk}" in told
    assert f"link {made_up.pk}" in told
    assert "what the body said" in told


def test_another_name_for_who_answered_is_found(answered):
    assert list(foreign_words()) == []
    BodyLink.objects.update(answered_by="Người Khác")
    assert [fault.where for fault in foreign_words()] == [f"link {answered.pk}"]


def test_checking_lists_asks_no_more_the_more_there_are(world, answered):
    def more():
        act = LinkAct.objects.get(kind="answer")
        LinkAct.objects.bulk_create(
            LinkAct(link=answered, kind="answer", digest=act.digest, at=AT) for _one in range(3)
        )

    assert_constant_queries(lambda: list(foreign_words()), more)


def test_an_erasure_takes_name_and_remark_and_leaves_the_word(world, answered, waiting):
    erase_dossiers(person_ids=[waiting[1].person_id], at=AT)
    line = answered.lines.get(dossier=waiting[1])
    assert (line.frozen["name"], line.remark, line.word) == ("", "", "disagree")
    assert list(foreign_words()) == []
