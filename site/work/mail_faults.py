"""What keeps letters from going out, in words for whoever sets the site up. Pure."""

import smtplib
import socket
import ssl

from django.utils.translation import gettext_lazy as _

# The first that the fault is one of.
_SENTENCES = (
    (socket.gaierror, _("There is no mail server at %(place)s: look at EMAIL_URL on the server.")),
    (TimeoutError, _("The mail server at %(place)s does not answer: is the port open, and right?")),
    (ConnectionRefusedError, _("Nothing listens at %(place)s: is the mail server running, and the port right?")),
    (ssl.SSLError, _("No safe connection to %(place)s comes about: look at TLS and the port in EMAIL_URL.")),
    (
        smtplib.SMTPAuthenticationError,
        _("The mail server refuses user name or password: look at EMAIL_URL on the server."),
    ),
    (
        smtplib.SMTPSenderRefused,
        _("The mail server sends no letters of ours: look at DEFAULT_FROM_EMAIL on the server. It says: “%(reply)s”."),
    ),
    (smtplib.SMTPRecipientsRefused, _("The mail server takes no letter to this address: “%(reply)s”.")),
    (Exception, _("The letter did not go out: “%(reply)s”.")),
)


def told(fault: Exception, place: str) -> str:
    """What the mail server at that place, or the way to it, answered, and where that is mended."""
    sentence = next(sentence for kind, sentence in _SENTENCES if isinstance(fault, kind))
    return str(sentence) % {"place": place, "reply": _reply(fault)}


def _reply(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return "; ".join(_text(text) for _code, text in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPResponseException):
        return _text(fault.smtp_error)
    return str(fault) or type(fault).__name__


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
