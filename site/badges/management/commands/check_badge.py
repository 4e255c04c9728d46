import datetime
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from badges.findings import Status, find, read_badge
from badges.keys import PublicKey, keys_in, public_keys
from badges.proofs import NotGenuineError
from badges.shape import Document


class Command(BaseCommand):
    help = "Check a badge file without database or network: by this site's keys, or by an issuer's did.json."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("badge", type=Path, help="the .json or .jwt file")
        parser.add_argument("--issuer", type=Path, help="did.json, saved from the issuer's site")
        parser.add_argument("--status", type=Path, help="the status list that the badge names, saved from there")

    def handle(self, *args: Any, **options: Any) -> None:
        keys, at = _keys(options["issuer"]), timezone.now()
        try:
            status = _document(options["status"]) if options["status"] else None
            found = find(read_badge(_text(options["badge"]), keys, at), keys, at, status)
        except NotGenuineError as error:
            raise CommandError(f"NOT GENUINE: {error}") from error
        lines = [
            found.name,
            found.achievement,
            found.description,
            f"{found.signed_by}, {found.valid_from}",
            found.address,
        ]
        self.stdout.write("\n".join(lines))
        if found.is_revoked:
            raise CommandError("REVOKED")
        self.stdout.write(f"GENUINE ({_as_of(found.status, at)})")


def _as_of(status: Status | None, at: datetime.datetime) -> str:
    """How much the list says of today: whoever was revoked since it was made does not stand on it."""
    if status is None:
        return "revocation not checked: give --status"
    minutes = int((at - status.made_at).total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    age = f"{days} days old" if days else f"{hours} hours old" if hours else f"{minutes} minutes old"
    return f"not revoked by the list of {status.made_at:%Y-%m-%d %H:%M} UTC, {age}; what was revoked since is not known"


def _keys(issuer: Path | None) -> list[PublicKey]:
    try:
        return keys_in(_document(issuer)) if issuer else public_keys()
    except ValueError as error:
        raise CommandError("The issuer's document is broken.") from error


def _document(path: Path) -> Document:
    try:
        document = json.loads(_text(path))
    except ValueError as error:
        raise CommandError(f"{path.name} is broken.") from error
    if not isinstance(document, dict):
        raise CommandError(f"{path.name} holds no document.")
    return document


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path.name} cannot be read.") from error
