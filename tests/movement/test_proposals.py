"""What is proposed waits at one office, is answered, joined, sent on and published there, and is never lost."""

import datetime
import itertools
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from membership.actions import erase_person
from membership.export import export
from movement import actions
from movement.actions import Said, answer, hide, join, part, propose, propose_for_unit, publish, send_on, withdraw
from movement.models import Proposal
from movement.notices import REMIND_AFTER_DAYS, remind
from notices.models import Notice
from tests.factories.evaluation import AT
from tests.factories.people import grant
from tests.queries import assert_constant_queries

DAY = datetime.timedelta(days=1)


def proposed(by, title="Thêm lớp buổi tối", token=None, at=AT):
    return propose(
        token=token or uuid.uuid4(), person=by.person, kind="proposal", title=title, text="Nhiều người làm ban ngày.",
        by=by, at=at,
    )  # fmt: skip


def told(kind):
    return list(Notice.objects.filter(kind=kind).order_by("person_id").values_list("person_id", flat=True))


def test_a_citizens_waits_at_their_own_unit_and_its_officers_hear_of_it(standing):
    found = proposed(standing.an)
    assert (found.unit, found.office, found.state) == (standing.chapter, standing.chapter, "waiting")
    assert told("proposal-arrived") == [standing.chi.person_id]


def test_a_units_waits_at_the_office_above(standing):
    found = propose_for_unit(
        token=uuid.uuid4(),
        unit=standing.chapter,
        kind="difficulty",
        title="Thiếu máy",
        text="…",
        by=standing.chi,
        at=AT,
    )
    assert found.office == standing.association
    assert told("proposal-arrived") == [standing.dung.person_id]


def test_where_nobody_holds_the_office_it_waits_at_the_next_one(standing):
    found = proposed(standing.ha)  # of a commune's association, where she herself holds it
    assert found.office == standing.foreign_association
    above = send_on(proposal=proposed(standing.an), said=Said("Xin ý kiến"), by=standing.chi, at=AT)
    assert send_on(proposal=above, said=Said("Xin ý kiến"), by=standing.dung, at=AT).office == standing.province


def test_sent_twice_it_is_sent_once(standing):
    token = uuid.uuid4()
    assert proposed(standing.an, token=token) == proposed(standing.an, token=token)
    assert Proposal.objects.count() == 1
    with pytest.raises(PermissionDenied):
        propose(token=token, person=standing.chi.person, kind="proposal", title="x", text="x", by=standing.chi, at=AT)


def test_nobody_writes_for_another_nor_who_withdrew(standing):
    with pytest.raises(PermissionDenied):
        propose(token=uuid.uuid4(), person=standing.an.person, kind="proposal", title="x", text="x", by=standing.chi,
                at=AT)  # fmt: skip
    standing.an.person.withdrawn_at = AT
    standing.an.person.save()
    with pytest.raises(ValidationError):
        proposed(standing.an)


def test_an_answer_reaches_who_asked_and_those_joined(standing):
    first, second = proposed(standing.an), proposed(standing.chi, "Lớp tối")
    assert second.office == standing.chapter
    join(proposal=second, to=first, by=standing.dung, at=AT)
    answer(proposal=first, said=Said("Mở từ tháng 3", "12/CV", AT.date()), by=standing.dung, at=AT)
    assert told("proposal-answered") == sorted([standing.an.person_id, standing.chi.person_id])
    with pytest.raises(ValidationError):
        answer(proposal=first, said=Said("Lần nữa"), by=standing.dung, at=AT)


def test_nobody_answers_their_own_nor_anothers_office(standing):
    own = proposed(standing.chi)
    for by in (standing.chi, standing.ha, standing.lan, standing.binh, standing.an):
        with pytest.raises(PermissionDenied):
            answer(proposal=own, said=Said("Đồng ý"), by=by, at=AT)
    assert answer(proposal=own, said=Said("Đồng ý"), by=standing.dung, at=AT).state == "answered"


def test_an_answer_says_something(standing):
    for act in (answer, send_on):
        with pytest.raises(ValidationError):
            act(proposal=proposed(standing.an), said=Said(" "), by=standing.chi, at=AT)


def test_the_province_sends_nothing_on(standing):
    found = propose_for_unit(
        token=uuid.uuid4(), unit=standing.association, kind="proposal", title="x", text="x", by=standing.dung, at=AT
    )
    assert found.office == standing.province
    assert "send_on" not in actions.acts_open_to(found, standing.giang)
    with pytest.raises(PermissionDenied):
        send_on(proposal=found, said=Said("x"), by=standing.giang, at=AT)


def test_what_is_joined_goes_along_and_can_be_taken_apart(standing):
    first, second, third = (proposed(standing.an, title) for title in ("Một", "Hai", "Ba"))
    join(proposal=third, to=second, by=standing.chi, at=AT)
    join(proposal=second, to=first, by=standing.chi, at=AT)
    third.refresh_from_db()
    assert third.joined_to == first
    send_on(proposal=first, said=Said("Kính chuyển"), by=standing.chi, at=AT)
    third.refresh_from_db()
    assert third.office == standing.association
    parted = part(proposal=third, by=standing.dung, at=AT)
    assert (parted.state, parted.joined_to) == ("waiting", None)
    with pytest.raises(ValidationError):
        join(proposal=parted, to=parted, by=standing.dung, at=AT)


def test_one_is_joined_only_at_the_same_office(standing):
    here, elsewhere = proposed(standing.an), proposed(standing.ha)
    with pytest.raises(ValidationError):
        join(proposal=here, to=elsewhere, by=standing.giang, at=AT)


def test_who_sent_it_takes_it_back_while_it_waits_and_nobody_else(standing):
    found = proposed(standing.an)
    with pytest.raises(PermissionDenied):
        withdraw(proposal=found, by=standing.chi, at=AT)
    assert withdraw(proposal=found, by=standing.an, at=AT).state == "withdrawn"
    with pytest.raises(ValidationError):
        answer(proposal=found, said=Said("Muộn"), by=standing.chi, at=AT)


def test_everybody_reads_what_is_published_in_the_offices_words_alone(standing, client):
    page = reverse("movement:answered")
    found = answer(proposal=proposed(standing.an), said=Said("Mở từ tháng 3", "12/CV"), by=standing.chi, at=AT)
    assert "Mở từ tháng 3" not in client.get(page).content.decode()
    publish(proposal=found, words="Đề nghị mở lớp buổi tối", by=standing.chi, at=AT)
    html = client.get(page).content.decode()
    assert all(said in html for said in ("Đề nghị mở lớp buổi tối", "Mở từ tháng 3", "12/CV"))
    assert "Trần Thị An" not in html
    assert "Nhiều người làm ban ngày" not in html
    hide(proposal=Proposal.objects.get(), by=standing.chi, at=AT)
    assert "Mở từ tháng 3" not in client.get(page).content.decode()


def test_who_waits_long_is_not_forgotten_once_a_week(standing):
    found = proposed(standing.an)
    assert remind(at=AT + REMIND_AFTER_DAYS * DAY - DAY) == 0
    assert remind(at=AT + REMIND_AFTER_DAYS * DAY) == 1
    assert remind(at=AT + REMIND_AFTER_DAYS * DAY) == 0
    assert remind(at=AT + (REMIND_AFTER_DAYS + 7) * DAY) == 1
    answer(proposal=found, said=Said("Xong"), by=standing.chi, at=AT)
    assert remind(at=AT + (REMIND_AFTER_DAYS + 14) * DAY) == 0


def test_a_person_takes_it_along_and_of_who_is_erased_no_word_stays(standing):
    found = proposed(standing.an)
    assert export(standing.an.person)["proposals"][0]["title"] == found.title
    erase_person(person=standing.an.person, by=standing.an, at=AT)
    found.refresh_from_db()
    assert (found.person, found.filed_by, found.text, found.state) == (None, None, "", "withdrawn")
    assert not found.entries.filter(by=standing.an).exists()


def test_a_citizen_writes_and_reads_the_answer_on_their_page(standing, client):
    client.force_login(standing.an)
    page = reverse("movement:own")
    written = {"token": uuid.uuid4(), "kind": "difficulty", "title": "Xa điểm học", "text": "Đi bộ 5 km."}
    assert "Xa điểm học" in client.post(page, written, follow=True).content.decode()
    answer(proposal=Proposal.objects.get(), said=Said("Sẽ mở điểm ở thôn"), by=standing.chi, at=AT)
    assert "Sẽ mở điểm ở thôn" in client.get(page).content.decode()
    assert client.post(page, {"title": ""}).status_code == 422


def test_an_officer_answers_on_the_page_and_a_foreign_one_finds_nothing(standing, client):
    page = reverse("movement:proposal", args=[proposed(standing.an).pk])
    for user in (standing.ha, standing.an, standing.binh, standing.lan):
        client.force_login(user)
        assert client.get(page).status_code == 404
    client.force_login(standing.chi)
    assert client.post(page, {"act": "answer", "words": ""}).status_code == 422
    html = client.post(page, {"act": "answer", "words": "Đã mở lớp", "number": "7/CV"}, follow=True).content.decode()
    assert all(said in html for said in ("Đã mở lớp", "7/CV", "Đã trả lời"))


def test_an_officer_writes_to_the_office_above_for_their_units_alone(standing, client):
    client.force_login(standing.chi)
    page = reverse("movement:write")
    written = {"token": uuid.uuid4(), "kind": "proposal", "title": "Xin tủ sách", "text": "Cho thôn"}
    assert client.post(page, {**written, "unit": standing.foreign_chapter.pk}).status_code == 422
    client.post(page, {**written, "unit": standing.chapter.pk})
    assert Proposal.objects.get().office == standing.association


def test_no_query_grows_with_the_proposals(standing, client):
    client.force_login(standing.chi)
    own = propose_for_unit(
        token=uuid.uuid4(), unit=standing.chapter, kind="proposal", title="x", text="x", by=standing.chi, at=AT
    )
    publish(proposal=answer(proposal=own, said=Said("x"), by=standing.dung, at=AT), words="x", by=standing.dung, at=AT)

    def more():
        first = proposed(standing.an)
        done = answer(proposal=proposed(standing.an), said=Said("x"), by=standing.chi, at=AT)
        publish(proposal=done, words="x", by=standing.chi, at=AT)
        join(proposal=proposed(standing.an), to=first, by=standing.chi, at=AT)

    more()
    for page in ("movement:proposals", "movement:answered"):
        assert_constant_queries(lambda page=page: client.get(reverse(page)), more)
    client.force_login(standing.an)
    assert_constant_queries(lambda: client.get(reverse("movement:own")), more)


def test_who_answers_for_a_unit_reads_what_was_sent_on_from_it(standing):
    found = proposed(standing.an)
    send_on(proposal=found, said=Said("Kính chuyển"), by=standing.chi, at=AT)
    assert Proposal.objects.visible_to(standing.chi).get() == found
    assert actions.acts_open_to(Proposal.objects.get(), standing.chi) == []
    grant(standing.minh, "chapter_officer", standing.chapter)
    assert Proposal.objects.visible_to(standing.minh).exists()


def test_what_is_joined_to_an_answered_one_is_told_of_the_answer_at_once(standing):
    first = answer(proposal=proposed(standing.an), said=Said("Mở từ tháng 3"), by=standing.dung, at=AT)
    join(proposal=proposed(standing.chi, "Lớp tối"), to=first, by=standing.dung, at=AT)
    assert told("proposal-answered") == sorted([standing.an.person_id, standing.chi.person_id])


@pytest.mark.parametrize("is_erased", [False, True])
def test_what_was_joined_to_one_that_goes_waits_by_itself_again(standing, is_erased):
    first, second = proposed(standing.an), proposed(standing.chi, "Lớp tối")
    join(proposal=second, to=first, by=standing.dung, at=AT)
    if is_erased:
        erase_person(person=standing.an.person, by=standing.an, at=AT)
    else:
        withdraw(proposal=first, by=standing.an, at=AT)
    second.refresh_from_db()
    assert (second.state, second.joined_to) == ("waiting", None)


def test_reminding_asks_no_more_the_more_wait(standing):
    proposed(standing.an)
    late = AT + REMIND_AFTER_DAYS * DAY
    weeks = itertools.count()
    assert_constant_queries(
        lambda: remind(at=late + 7 * next(weeks) * DAY), lambda: [proposed(standing.an) for _more in range(3)]
    )
