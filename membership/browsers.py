"""Browsers from which somebody has signed in before. Whoever guesses a password elsewhere does not hold them up.

The cookie is signed. It holds a number by chance and keyed hashes of the names that sign in there, so it tells
nobody who they are; it opens nothing, for the password is still asked.
"""

from allauth.account.models import EmailAddress
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

from membership.models import Contact, ContactKind, ContactPurpose, Person, User

COOKIE = "known-browser"
_SECONDS = 60 * 60 * 24 * 365
_MOST_NAMES = 40  # of those who share a computer, each with a sign-in name, an address, a phone


def known_as(request: HttpRequest, name: str) -> str:
    """The number of the browser if that name has signed in from it, else empty."""
    number, names = _read(request)
    return number if _hash_of(name) in names else ""


def number_of(request: HttpRequest) -> str:
    """The browser's number, by which it is known from its first sign-in on."""
    if not hasattr(request, "new_browser_number"):
        request.new_browser_number = _read(request)[0] or get_random_string(16)  # type: ignore[attr-defined]
    return str(request.new_browser_number)  # type: ignore[attr-defined]


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """By addresses that are proven alone: anybody may type another's as one to change to. Phones come by officers."""
    names = _read(request)[1]
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    codes = Person.objects.codes_of(user.person_id)
    phones = Contact.objects.filter(person=user.person_id, kind=ContactKind.PHONE, purpose=ContactPurpose.SIGN_IN)
    names_of_user = (user.username, *codes, *addresses, *phones.values_list("value", flat=True))
    own = sorted({_hash_of(name) for name in names_of_user})
    kept = [*own, *(name for name in names if name not in own)][:_MOST_NAMES]
    response.set_signed_cookie(
        COOKIE,
        ".".join([number_of(request), *kept]),
        max_age=_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
        path=reverse("membership:account"),
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    number, *names = str(request.get_signed_cookie(COOKIE, default="", max_age=_SECONDS)).split(".")
    return number, names


def _hash_of(name: str) -> str:
    return salted_hmac("membership.browsers", name.lower(), algorithm="sha256").hexdigest()[:16]
