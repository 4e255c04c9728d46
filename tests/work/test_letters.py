"""E-mail by the outbox, to a real mail server that is away, comes back, or refuses."""

import datetime
import re
from contextlib import contextmanager
from itertools import count
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone

from home import health
from membership.actions import erase_person
from membership.models import User
from tests.factories.people import PASSWORD
from tests.queries import count_queries
from tests.work.mail_server import MailServer
from work import actions
from work.actions import handing_over
from work.actions import letters as outbox
from work.actions.handing_over import HANDFUL
from work.letters import opened, sealed
from work.models import Channel, Letter
from work.signals import letters_ended

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "work.outbox.OutboxBackend"
    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    server = MailServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    yield server
    server.stop()


@pytest.fixture
def away(server, settings):
    """Nobody listens at the port, until ``server`` is asked again there."""
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    return lambda: setattr(settings, "EMAIL_PORT", port)


@pytest.fixture
def ends():
    told = []

    def hear(references, end, **more):
        told.append((references, end))

    letters_ended.connect(hear)
    yield told
    letters_ended.disconnect(hear)


@contextmanager
def killed_before_the_end():
    """As a letter or a handful was taken by the mail server, and before that is written."""
    with patch.object(handing_over, "_end", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        yield


def put_weekly(number):
    keys = [str(uuid4()) for _letter in range(number)]
    put = [actions.PutLetter(EmailMessage("Tuần", "Thư"), "an@example.vn", key, is_urgent=False) for key in keys]
    actions.put_letters(put=put, at=timezone.now())
    return keys


def later(minutes):
    return timezone.now() + minutes * MINUTE


def write(address="an@example.vn", subject="Chào"):
    send_mail(subject, "Thư", None, [address])


def test_a_letter_goes_out_and_is_gone(server):
    write()
    assert "To: an@example.vn" in server.taken[0]
    assert not Letter.objects.exists()


def test_it_waits_while_the_mail_server_is_away_and_goes_when_it_is_back(away, server):
    write()
    assert actions.deliver_letters(at=later(1)) == "0 letters sent, 1 wait"
    away()
    assert actions.deliver_letters(at=later(2)) == "1 letters sent, 0 wait"
    assert len(server.taken) == 1


def test_one_that_is_refused_holds_no_other_up_and_is_tried_more_and_more_rarely(server):
    server.refused_of.add("khong-ai@example.vn")
    write("khong-ai@example.vn")
    write()
    assert len(server.taken) == 1
    tries = [later(minutes) for minutes in (1, 4, 5, 9, 11, 23)]
    assert [actions.deliver_letters(at=at) and Letter.objects.get().tries for at in tries] == [1, 2, 2, 2, 3, 4]
    server.refused_of.clear()
    actions.deliver_letters(at=later(60))
    assert len(server.taken) == 2


def test_what_nobody_takes_for_days_is_given_up(away, caplog):
    write()
    actions.deliver_letters(at=later(4 * 24 * 60))
    assert not Letter.objects.exists()
    assert "1 letters were given up" in caplog.text


def test_after_a_kill_it_goes_out_once_more_under_the_same_name(server):
    with killed_before_the_end():
        write()
    actions.deliver_letters(at=later(1))
    assert len(server.taken) == 1
    actions.deliver_letters(at=later(4))
    first, second = (re.search(r"Message-ID: (\S+)", content).group(1) for content in server.taken)
    assert first == second


def test_after_a_kill_a_handful_of_what_can_wait_is_told_as_uncertain_and_goes_out_once(server, ends, caplog):
    """Decision 0133: of all that were due one handful, and no second one."""
    keys = put_weekly(HANDFUL + 2)
    with killed_before_the_end():
        actions.deliver_letters(at=later(1))
    assert actions.deliver_letters(at=later(2)) == f"2 letters sent, {HANDFUL} wait"
    assert actions.deliver_letters(at=later(5)) == "0 letters sent, 0 wait"
    assert len(server.taken) == HANDFUL + 2
    assert ends == [(keys[HANDFUL:], "sent"), (keys[:HANDFUL], "uncertain")]
    assert "whoever handed them over died" in caplog.text


def test_who_is_killed_between_giving_up_and_telling_has_done_neither(away, ends):
    keys = put_weekly(2)
    with patch.object(outbox.letters_ended, "send", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        actions.deliver_letters(at=later(60 * 24 * 15))
    assert (Letter.objects.count(), ends) == (2, [])
    actions.deliver_letters(at=later(60 * 24 * 15))
    assert (Letter.objects.count(), ends) == (0, [(keys, "failed")])


def test_who_is_stopped_between_two_leaves_one_uncertain_and_the_rest_due(server, ends):
    keys = put_weekly(3)
    given = count(1)

    def give(connection, address, content):
        if next(given) == 2:
            raise KeyboardInterrupt

    with patch("work.carriers.mail._give", give), pytest.raises(KeyboardInterrupt):
        actions.deliver_letters(at=later(1))
    assert actions.deliver_letters(at=later(2)) == "1 letters sent, 1 wait"
    actions.deliver_letters(at=later(5))
    assert ends == [(keys[:1], "sent"), (keys[2:], "sent"), (keys[1:2], "uncertain")]


def test_two_who_deliver_at_once_send_one(server, away):
    write()
    away()
    key = Letter.objects.get().pk
    assert handing_over._marked([key], later(1))
    assert handing_over._marked([key], later(1)) == []


def test_a_handful_costs_as_many_queries_however_many_it_holds(server):
    put_weekly(2)
    few = count_queries(lambda: actions.deliver_letters(at=later(1)))
    put_weekly(HANDFUL)
    assert count_queries(lambda: actions.deliver_letters(at=later(1))) <= few


def test_what_is_undone_takes_its_letter_along(away):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_everything_of_a_message_arrives(settings):
    message = EmailMultiAlternatives(
        "Báo cáo", "Thư", "a@example.vn", ["b@example.vn", "c@example.vn"], headers={"X-Of": "1"}, reply_to=["d@e.vn"]
    )
    message.attach_alternative("<p>Thư</p>", "text/html")
    message.attach("so-lieu.json", "{}", "application/json")
    message.attach("bao-cao.pdf", b"%PDF\xff", "application/pdf")
    again = opened(sealed(message, "c@example.vn"))
    assert (again.to, again.reply_to, again.extra_headers["X-Of"]) == (["c@example.vn"], ["d@e.vn"], "1")
    assert [part.get_content_type() for part in again.message().walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "application/json", "application/pdf",
    ]  # fmt: skip
    assert again.attachments[1][1] == b"%PDF\xff"


def test_a_secret_that_was_changed_is_still_read_while_it_is_named(settings):
    content = sealed(EmailMessage("Chào", "Thư"), "an@example.vn")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert opened(content).subject == "Chào"


def test_a_letter_that_nobody_can_read_any_more_holds_no_other_up(server, away, settings):
    write()
    settings.SECRET_KEY = "another"
    away()
    write("minh@example.vn")
    actions.deliver_letters(at=later(1))
    assert len(server.taken) == 1


def test_health_names_letters_that_wait(away):
    write()
    assert health.report()["mail"].is_well
    Letter.objects.update(put_at=later(-60), next_try_at=later(-6))
    assert not health.report()["mail"].is_well


def test_health_does_not_mind_one_that_was_refused(server):
    server.refused_of.add("day@example.vn")
    write("day@example.vn")
    Letter.objects.update(put_at=later(-60))
    assert health.report()["mail"].is_well


@pytest.mark.parametrize(
    ("refusal", "left"),
    [
        ("550 5.1.1 nobody here", 0),
        ("550 5.1.1 user unknown in relay recipient table", 0),
        ("550 5.7.1 no relaying", 1),
        ("550 relay not permitted", 1),
        ("550 5.1.8 bad sender", 1),
    ],
)
def test_what_has_no_recipient_is_given_up_at_once(server, refusal, left):
    server.refused_of, server.refusal = {"khong-ai@example.vn"}, refusal
    write("khong-ai@example.vn")
    assert Letter.objects.count() == left


def test_an_address_that_is_none_holds_no_other_up(server, away):
    write(f"an@{'ế' * 64}.vn")
    write()
    away()
    assert actions.deliver_letters(at=later(1)) == "1 letters sent, 1 wait"
    assert Letter.objects.get().tries == 1


def test_while_the_server_is_known_to_be_away_no_task_waits_for_it(server, away):
    write()
    away()
    write()
    assert not server.taken
    actions.deliver_letters(at=later(1))
    write()
    assert len(server.taken) == 3


def test_a_batch_ends_before_its_first_letters_are_due_again(server, away, monkeypatch):
    write()
    write()
    away()
    clock = count(step=70).__next__
    monkeypatch.setattr(outbox, "monotonic", clock)
    monkeypatch.setattr(handing_over, "monotonic", clock)
    assert actions.deliver_letters(at=later(1)) == "1 letters sent, 1 wait"


# --- Accounts ---------------------------------------------------------------------------------


def test_a_new_password_is_asked_for_while_the_mail_server_is_away(away, client, standing, server):
    answer = client.post("/tai-khoan/password/reset/", {"email": "an@example.vn"})
    assert answer.url == "/tai-khoan/password/reset/done/"
    assert not any(b"/reset/key/" in bytes(letter.content) for letter in Letter.objects.all())
    away()
    actions.deliver_letters(at=later(1))
    assert "/tai-khoan/password/reset/key/" in server.taken[0]


def test_one_signs_up_while_the_mail_server_is_away(away, client, standing):
    assert sign_up(client, standing).url == "/tai-khoan/confirm-email/"
    assert Letter.objects.get().address == "moi@example.vn"
    assert User.objects.get(email="moi@example.vn").sign_up["full_name"] == "Nguyễn Thị Mới"


@pytest.mark.parametrize("stopped_in", ["membership.forms.keep_sign_up", "work.outbox.actions.put_letter"])
def test_signing_up_that_is_stopped_in_the_middle_leaves_nothing(away, client, standing, stopped_in):
    with patch(stopped_in, side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        sign_up(client, standing)
    assert not User.objects.filter(email="moi@example.vn").exists()
    assert sign_up(client, standing).url == "/tai-khoan/confirm-email/"


def test_letters_of_who_is_erased_are_not_sent(away, standing):
    write(standing.an.email)
    write("lan@example.vn")
    erase_person(person=standing.an.person, by=standing.an, at=timezone.now())
    assert [letter.address for letter in Letter.objects.all()] == ["lan@example.vn"]


def sign_up(client, standing):
    told = {"full_name": "Nguyễn Thị Mới", "birth_year": "1970", "commune": str(standing.commune.pk)}
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    return client.post("/tai-khoan/signup/", {**told, **passwords, "email": "moi@example.vn", "is_old_enough": "on"})


def test_what_goes_out_and_what_does_not_is_kept_of_the_channel(away, server):
    write()
    actions.deliver_letters(at=later(1))
    assert Channel.objects.get().worked_at is None
    assert "127.0.0.1:1" in Channel.objects.get().problem
    away()
    actions.deliver_letters(at=later(5))
    assert Channel.objects.get().worked_at == Channel.objects.get().tried_at
    assert Channel.objects.get().problem == ""
    server.refused_of.add("an@example.vn")
    refused = actions.try_message(put=actions.PutLetter(EmailMessage("Thử", "Thử"), "an@example.vn"), at=later(6))
    assert "not now" in refused.problem


@pytest.mark.parametrize(
    ("refused", "refusal"), [("site@example.vn", "450 not now"), ("an@example.vn", "550 5.7.1 no")]
)
def test_that_the_site_itself_is_refused_is_kept_of_the_channel(server, settings, refused, refusal):
    settings.DEFAULT_FROM_EMAIL = "site@example.vn"
    server.refused_of.add(refused)
    server.refusal = refusal
    write()
    assert refusal[4:] in Channel.objects.get().problem


def test_that_one_address_is_refused_says_nothing_of_the_channel(server):
    server.refused_of.add("an@example.vn")
    write()
    assert not Channel.objects.exists()
