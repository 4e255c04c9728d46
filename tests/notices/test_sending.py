"""What leaves the site by e-mail: urgent at once, the rest once a week, nothing that is done, nothing at night."""

import datetime

import pytest
from django.core.cache import cache

from notices import actions
from notices.actions import choose, mark_all_seen, send_digests, send_urgent
from notices.models import Delivery, Habits, Notice, Preference
from tests.notices.kinds import FRIDAY, MONDAY, NIGHT, letters, told_about
from tests.queries import count_queries
from work.models import Letter
from work.signals import letters_ended

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(days=7)


def test_what_is_urgent_goes_at_once_and_once(urgent, tell_an, settings):
    tell_an(urgent)
    assert send_urgent(at=FRIDAY) == 1
    assert send_urgent(at=FRIDAY) == send_digests(at=MONDAY) == 0
    (letter,) = letters()
    assert letter["To"] == "an@example.vn"
    text = letter.get_content()
    assert "Điều 1 xảy ra." in text
    assert f"{settings.BASE_URL}/ho-so/" in text
    assert "Vì là bài thử." in text


def test_the_subject_tells_nothing_until_its_reader_lets_it(standing, urgent, tell_an):
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    Habits.objects.create(person=standing.an.person, is_subject_open=True)
    tell_an(urgent, 2)
    send_urgent(at=FRIDAY)
    assert [letter["Subject"].split("] ")[1] for letter in letters()] == ["Bạn có thông báo mới", "Bài thử"]


def test_one_letter_a_week_holds_the_rest(weekly, tell_an):
    tell_an(weekly)
    tell_an(weekly, 2)
    assert send_urgent(at=FRIDAY) == 0
    assert send_digests(at=FRIDAY) == 0  # told after that week's letters went
    assert send_digests(at=MONDAY) == 1
    tell_an(weekly, 3, at=FRIDAY)
    assert send_digests(at=MONDAY) == 0
    assert send_digests(at=MONDAY + WEEK) == 1
    first, second = (letter.get_content() for letter in letters())
    assert ("Điều 1" in first, "Điều 2" in first, "Điều 3" in second, "Điều 1" in second) == (True, True, True, False)
    assert not Letter.objects.filter(is_urgent=True).exists()


def test_what_is_done_or_read_meanwhile_is_not_told(standing, weekly, urgent, tell_an, done):
    for number in (1, 2):
        tell_an(weekly, number)
        tell_an(urgent, number)
    done.add(1)
    assert send_urgent(at=FRIDAY) == 1
    mark_all_seen(person=standing.an.person, until=FRIDAY, at=FRIDAY)
    assert send_digests(at=MONDAY) == 0
    assert Notice.objects.get(kind=urgent.key, key="1").done_at == FRIDAY
    assert ["Điều 2" in letter.get_content() for letter in letters()] == [True]


def test_at_night_nothing_goes_and_in_the_morning_it_does(standing, urgent):
    told_about(urgent, [standing.an, standing.chi, standing.ha])
    Habits.objects.create(person=standing.chi.person, quiet_from="08:00", quiet_until="10:00")
    Habits.objects.create(person=standing.ha.person, quiet_from="12:00", quiet_until="12:00")
    assert send_urgent(at=FRIDAY) == 2
    told_about(urgent, [standing.an, standing.chi, standing.ha], 2, at=NIGHT)
    assert send_urgent(at=NIGHT) == 3  # of Chi both, of Hà one; An sleeps
    assert send_urgent(at=MONDAY) == 1


def test_what_somebody_does_not_want_stays_on_the_site(standing, urgent, weekly):
    told_about(urgent, [standing.an, standing.chi])
    told_about(weekly, [standing.an, standing.chi])
    habits = {"quiet_from": "21:00", "quiet_until": "06:00", "is_subject_open": False}
    choose(person=standing.an.person, wanted={"email": {urgent.key: False, Preference.DIGEST: False}}, **habits)
    standing.chi.email = ""
    standing.chi.save()
    assert (send_urgent(at=FRIDAY), send_digests(at=MONDAY)) == (0, 0)
    assert Notice.objects.open().count() == 4
    choose(person=standing.an.person, wanted={"email": {urgent.key: True, Preference.DIGEST: True}}, **habits)
    assert not Preference.objects.exists()


def test_while_the_mail_server_is_away_nothing_is_written_and_nothing_lost(urgent, tell_an):
    tell_an(urgent)
    cache.set("work.mail-is-away", True)
    assert send_urgent(at=FRIDAY) == 0
    cache.delete("work.mail-is-away")
    assert send_urgent(at=FRIDAY) == 1


def test_a_kill_in_the_middle_undoes_the_whole_batch(urgent, tell_an, monkeypatch):
    tell_an(urgent)

    def die(**said):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(actions.sending, "put_letters", die)
        with pytest.raises(KeyboardInterrupt):
            send_urgent(at=FRIDAY)
    assert not Delivery.objects.exists()
    assert send_urgent(at=FRIDAY) == 1


def test_what_became_of_a_letter_is_kept(standing, urgent, tell_an):
    tell_an(urgent)
    send_urgent(at=FRIDAY)
    reference = Letter.objects.get().reference
    for end in ("uncertain", "sent"):
        letters_ended.send(sender=Letter, references=[reference], end=end, at=MONDAY)
        assert Delivery.objects.get().state == end
    mark_all_seen(person=standing.an.person, until=FRIDAY, at=MONDAY)
    letters_ended.send(sender=Letter, references=[reference], end="failed", at=MONDAY)
    assert Delivery.objects.get().state == "seen"


def test_a_batch_costs_as_many_queries_however_many_it_holds(standing, weekly):
    people = [standing.an, standing.chi, standing.ha, standing.lan, standing.dung]
    told_about(weekly, people[:1])
    few = count_queries(lambda: send_digests(at=MONDAY))
    told_about(weekly, people[1:])
    assert count_queries(lambda: send_digests(at=MONDAY)) <= few
