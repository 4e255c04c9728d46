"""Who signs up, and forgets the password at once, while the mail server is away; their letters come when it is back."""

import email
import email.policy
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import urlencode

from allauth.account.models import EmailAddress

from membership.models import Unit, User
from tests.faults.others import Worker

_PAUSE_SECONDS = 2
_PASSWORD = "hoc-suot-doi-2026"
_KINDS = {"to confirm": "/confirm-email/", "to set anew": "/password/reset/key/"}


@dataclass
class Newcomer(Worker):
    """``tries``: how often each may have asked for a new password, for a try without an answer may have reached it."""

    commune: Unit | None = None
    tries: dict[str, int] = field(default_factory=dict)

    def step(self, number: int) -> None:
        time.sleep(_PAUSE_SECONDS)
        assert self.commune is not None
        address = f"moi-{number}@example.vn"
        told = {
            "full_name": f"Người Mới {number}", "birth_year": 1980, "commune": self.commune.name, "email": address,
            "password1": _PASSWORD, "password2": _PASSWORD, "is_old_enough": "on",
        }  # fmt: skip
        self.browser.send("POST", "/tai-khoan/signup/", urlencode(told), expected=(302,))
        self.acknowledged[address] = "whole"
        before = self.browser.tried_again
        self.browser.send("POST", "/tai-khoan/password/reset/", urlencode({"email": address}), expected=(302,))
        self.tries[address] = 1 + self.browser.tried_again - before

    def held(self) -> dict[str, list[str]]:
        """Whole is an account with what was told, and an address that waits for its letter."""
        waiting = EmailAddress.objects.filter(verified=False, email__startswith="moi-").values_list("user", flat=True)
        whole, held = set(waiting), dict[str, list[str]]()
        for user in User.objects.filter(email__startswith="moi-"):
            held.setdefault(user.email, []).append("whole" if user.sign_up and user.pk in whole else "in part")
        return held

    def has_all(self, letters: Sequence[str]) -> bool:
        """Whether no letter is awaited any more."""
        return set(_read(letters)).issuperset(self._awaited())

    def amiss(self, letters: Sequence[str]) -> list[str]:
        """Letters that did not come, or came twice: one to confirm, and one for each time of asking anew."""
        come = Counter(_read(letters))
        wrong = [
            f"{come[address, kind]} letters {kind} to {address}"
            for (address, kind), most in self._awaited().items()
            if not 1 <= come[address, kind] <= most
        ]
        twice = len(letters) - len({_parsed(letter)["Message-ID"] for letter in letters})
        return wrong[:10] + ([f"{twice} letters came twice"] if twice else [])

    def _awaited(self) -> dict[tuple[str, str], int]:
        """To whom, what for, and how many at most."""
        to_confirm = {(address, "to confirm"): 1 for address in self.acknowledged}
        return to_confirm | {(address, "to set anew"): tries for address, tries in self.tries.items()}


def _read(letters: Sequence[str]) -> list[tuple[str, str]]:
    """To whom, and what for."""
    texts = [(message["To"], message.get_body(("plain",)).get_content()) for message in map(_parsed, letters)]
    return [(address, kind) for address, text in texts for kind, link in _KINDS.items() if link in text]


def _parsed(letter: str) -> EmailMessage:
    return email.message_from_string(letter, policy=email.policy.default)
