"""Letters that come back: as mail servers write them, as nobody does, and as somebody who means harm does."""

import io
import os
import subprocess
import sys
from email.message import EmailMessage as Written
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import OperationalError

from config import REPOSITORY
from work.bounces import bounce_of, message_id, returning_to_us
from work.letters import opened, sealed
from work.management.commands import take_bounce

AN = "An@example.vn"


def returned(name, *, status="5.1.1", action="failed", final=AN, to="bounces@example.vn", brings="headers"):
    """As Postfix writes it; ``brings`` the headers of our letter, the whole of it, or nothing."""
    original = f"Message-ID: {name}\nTo: {AN}\nSubject: Chao\n"
    part = {
        "headers": f"Content-Type: text/rfc822-headers\n\n{original}",
        "all": f"Content-Type: message/rfc822\n\n{original}\nThu\n",
        "nothing": "Content-Type: text/plain\n\n",
    }[brings]
    return f"""From: MAILER-DAEMON@mx.example.vn
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.vn

Final-Recipient: rfc822; {final}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 nobody here

--b
{part}
--b--
""".encode()


@pytest.mark.parametrize("brings", ["headers", "all"])
def test_a_letter_that_came_back_is_known_by_what_it_brings(brings):
    reference = str(uuid4())
    bounce = bounce_of(returned(message_id(AN, reference), brings=brings))
    assert (bounce.address.lower(), bounce.reference, bounce.is_final) == (AN.lower(), reference, True)


def test_it_is_known_by_the_address_that_it_came_back_to(settings):
    settings.BOUNCE_ADDRESS = "ve@example.vn"
    letter = returning_to_us(opened(sealed(EmailMessage("Chào", "Thư", "trang@example.vn"), AN)))
    assert letter.message()["From"] == "trang@example.vn"
    back = returned("<lost@x>", to=letter.from_email.upper(), brings="nothing")
    assert bounce_of(back).address.lower() == AN.lower()
    assert len(letter.from_email.partition("@")[0]) <= 64


def test_it_is_known_where_it_was_forwarded():
    assert bounce_of(returned(message_id(AN, ""), final="elsewhere@example.org")).address.lower() == AN.lower()


@pytest.mark.parametrize(
    ("status", "is_final"),
    [
        ("5.1.1", True),
        ("5.1.8", False),  # our own address is the bad one
        ("5.4.4", True),
        ("5.2.1", True),
        ("5.2.2", False),
        ("5.7.1", False),
        ("5.0.0", False),  # also what Postfix makes of "550 rejected as spam"
        ("4.4.7", False),
        ("?", False),
    ],
)
def test_a_full_box_or_a_filter_is_not_the_end(status, is_final):
    assert bounce_of(returned(message_id(AN, ""), status=status)).is_final is is_final


def test_a_delay_is_none():
    assert bounce_of(returned(message_id(AN, ""), action="delayed", status="4.4.1")) is None


@pytest.mark.parametrize("name", ["<20261202.1@elsewhere.vn>", f"<{'a' * 26}.{'b' * 16}@example.vn>"])
def test_of_letters_that_we_never_wrote_nothing_is_believed(name):
    with pytest.raises(ValueError, match="no letter of ours"):
        bounce_of(returned(name))


def test_whose_letter_it_is_cannot_be_said_otherwise():
    own = returned(message_id("ke-gian@example.vn", ""), final="nan-nhan@example.vn")
    with pytest.raises(ValueError, match="no letter of ours"):
        bounce_of(own)


def test_after_the_secret_changed_older_letters_are_known(settings):
    name = message_id(AN, "")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert bounce_of(returned(name)).is_final


def test_an_answer_of_somebody_is_no_bounce():
    answer = Written()
    answer["To"], answer["Subject"] = "site@example.vn", "Re: Chao"
    answer.set_content(f"In-Reply-To {message_id(AN, '')}")
    with pytest.raises(ValueError, match="no report"):
        bounce_of(answer.as_bytes())


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))
HOSTILE = {
    "nothing": b"",
    "bytes": bytes(range(256)) * 40,
    "nested": NESTED,
    "huge": returned("<x@y>") + b"x" * 3_000_000,
    "headers": b"Content-Type: multipart/report; boundary=\xff\xfe\nTo: =?x?q?\xff?=\n\n",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_bounce_is_answered_by_its_own_exit_code(content, monkeypatch):
    assert _taken(content, monkeypatch) == os.EX_DATAERR


def test_while_the_database_is_away_it_is_to_be_brought_again(monkeypatch):
    def away(**said):
        raise OperationalError

    monkeypatch.setattr(take_bounce, "note_bounce", away)
    assert _taken(returned(message_id(AN, "")), monkeypatch) == os.EX_TEMPFAIL


@pytest.mark.django_db
def test_what_is_taken_is_answered_with_nothing(monkeypatch):
    assert _taken(returned(message_id(AN, "")), monkeypatch) == os.EX_OK
    assert _taken(returned(message_id(AN, "")), monkeypatch) == os.EX_OK


def test_a_mail_server_reads_the_exit_code():
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    command = [sys.executable, REPOSITORY / "site/manage.py", "take_bounce"]
    assert subprocess.run(command, input=b"", env=told, capture_output=True, check=False).returncode == os.EX_DATAERR


def _taken(content, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    try:
        call_command("take_bounce")
    except CommandError as refusal:
        return refusal.returncode
    return os.EX_OK
