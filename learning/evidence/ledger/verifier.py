#!/usr/bin/env python3
"""Checks proofs of the ledger with nothing but the public key: Merkle trees as RFC 6962 has them, signed by Ed25519.

This file stands alone (Python 3.11 and the package ``cryptography``), so that whoever doubts the site need not run it:

    python verifier.py --key public-key.txt proof.json
    python verifier.py --key public-key.txt checkpoint.txt
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEADER = "cong-dan-hoc-tap ledger checkpoint v1"
EMPTY_ROOT = hashlib.sha256(b"").hexdigest()
_FIELDS = ("number", "size", "root", "previous", "time", "key")


class NotProvenError(ValueError):
    """What was handed in is no proof of what it claims; the message says why."""


@dataclass(frozen=True)
class SignedCheckpoint:
    """What a checkpoint says; ``root`` and ``previous`` in hexadecimal, ``time`` in UTC as ISO 8601."""

    number: int
    size: int
    root: str
    previous: str
    time: str
    key: str
    signature: str = ""

    @property
    def body(self) -> str:
        """The signed text, to the byte."""
        return "\n".join([HEADER, *(f"{name}: {getattr(self, name)}" for name in _FIELDS), ""])

    @property
    def text(self) -> str:
        """As it is mailed, printed and kept: the body and its signature."""
        return f"{self.body}signature: {self.signature}\n"

    @classmethod
    def parse(cls, text: str) -> "SignedCheckpoint":
        """Raises NotProvenError for what is no checkpoint. Line ends and spaces around lines do not matter."""
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        names = (*_FIELDS, "signature")
        if len(lines) != len(names) + 1 or lines[0] != HEADER:
            raise NotProvenError("this is no checkpoint of the ledger")
        values = {}
        for name, line in zip(names, lines[1:], strict=True):
            if not line.startswith(f"{name}: "):
                raise NotProvenError(f"the line “{name}” is missing")
            values[name] = line.removeprefix(f"{name}: ")
        if not (values["number"].isdecimal() and values["size"].isdecimal()):
            raise NotProvenError("number and size must be whole numbers")
        number, size = int(values.pop("number")), int(values.pop("size"))
        return cls(number=number, size=size, **values)

    def require_signed_by(self, public_key: bytes) -> None:
        """Raises NotProvenError unless the key signed it."""
        if self.key != key_id(public_key):
            raise NotProvenError(f"checkpoint {self.number} names the key {self.key}, not {key_id(public_key)}")
        if not is_signature(public_key, self.signature, self.body.encode()):
            raise NotProvenError(f"checkpoint {self.number}: the signature does not match")


def key_id(public_key: bytes) -> str:
    return hashlib.sha256(public_key).hexdigest()[:16]


def is_signature(public_key: bytes, signature: str, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def canonical(value: Any) -> bytes:
    """The one way in which plain values become bytes: JSON, sorted, without spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(salt: bytes, payload: dict[str, Any]) -> str:
    return hashlib.sha256(salt + canonical(payload)).hexdigest()


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root to which the path leads from the leaf (RFC 9162, 2.1.3.2). Raises NotProvenError."""
    if not 0 <= index < size:
        raise NotProvenError("the entry lies outside the checkpoint")
    here, last, root = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise NotProvenError("the path is too long")
        if here & 1 or here == last:
            root = node_hash(step, root)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            root = node_hash(root, step)
        here, last = here >> 1, last >> 1
    if last:
        raise NotProvenError("the path is too short")
    return root


def roots_by_consistency(old: int, new: int, old_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The two roots that the path gives for the two sizes (RFC 9162, 2.1.4.2). Raises NotProvenError."""
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        raise NotProvenError("the path is empty")
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first, second = steps[0], steps[0]
    for step in steps[1:]:
        if last == 0:
            raise NotProvenError("the path is too long")
        if here & 1 or here == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            second = node_hash(second, step)
        here, last = here >> 1, last >> 1
    if last:
        raise NotProvenError("the path is too short")
    return first, second


def require_consistent(old: SignedCheckpoint, new: SignedCheckpoint, path: Sequence[bytes]) -> None:
    """Raises NotProvenError unless the new log begins with all of the old one, unchanged."""
    if old.size > new.size:
        raise NotProvenError(f"the older checkpoint counts {old.size} entries, the newer only {new.size}")
    if old.size in (0, new.size):
        roots = (old.root if old.size else EMPTY_ROOT, old.root if old.size else new.root)
    else:
        first, second = roots_by_consistency(old.size, new.size, bytes.fromhex(old.root), path)
        roots = (first.hex(), second.hex())
    if roots != (old.root, new.root):
        raise NotProvenError(
            f"checkpoint {new.number} does not continue checkpoint {old.number}: history was rewritten"
        )


def check_inclusion(proof: dict[str, Any], keys: Sequence[bytes]) -> str:
    """What an exported proof of one entry proves, in a sentence. Raises NotProvenError."""
    checkpoint = SignedCheckpoint.parse(proof["checkpoint"])
    checkpoint.require_signed_by(_key_of(checkpoint, keys))
    leaf = proof["leaf"]
    if digest_of(bytes.fromhex(proof["salt"]), proof["payload"]) != leaf["digest"]:
        raise NotProvenError("the entry was changed: its content does not give the sealed digest")
    path = [bytes.fromhex(step) for step in proof["path"]]
    root = root_by_inclusion(leaf_hash(canonical(leaf)), proof["index"], checkpoint.size, path)
    if root.hex() != checkpoint.root:
        raise NotProvenError(f"the path does not lead to the root of checkpoint {checkpoint.number}")
    return f"Entry {proof['index']} ({leaf['id']}) stands unchanged under checkpoint {checkpoint.number}."


def check_consistency(proof: dict[str, Any], keys: Sequence[bytes]) -> str:
    """What an exported proof of two checkpoints proves, in a sentence. Raises NotProvenError."""
    old, new = (SignedCheckpoint.parse(proof[name]) for name in ("old", "new"))
    for checkpoint in (old, new):
        checkpoint.require_signed_by(_key_of(checkpoint, keys))
    require_consistent(old, new, [bytes.fromhex(step) for step in proof["path"]])
    return f"Checkpoint {new.number} ({new.size} entries) continues checkpoint {old.number} ({old.size}) unchanged."


def read_key(text: str) -> bytes:
    """A public key as the site shows it: 32 bytes in base64."""
    key = base64.b64decode(text.strip(), validate=True)
    if len(key) != 32:
        raise NotProvenError("a public key has 32 bytes")
    return key


def check(text: str, keys: Sequence[bytes]) -> str:
    """A proof or a checkpoint, signed by one of the keys. Raises NotProvenError."""
    try:
        if text.lstrip().startswith(HEADER):
            checkpoint = SignedCheckpoint.parse(text)
            checkpoint.require_signed_by(_key_of(checkpoint, keys))
            return f"Checkpoint {checkpoint.number} ({checkpoint.size} entries) is signed by key {checkpoint.key}."
        proof = json.loads(text)
        return (check_inclusion if proof["type"] == "inclusion" else check_consistency)(proof, keys)
    except NotProvenError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise NotProvenError(f"not readable: {problem}") from problem


def _key_of(checkpoint: SignedCheckpoint, keys: Sequence[bytes]) -> bytes:
    for key in keys:
        if key_id(key) == checkpoint.key:
            return key
    raise NotProvenError(f"checkpoint {checkpoint.number} is signed by the key {checkpoint.key}, which was not given")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check a proof or a checkpoint of the ledger.")
    parser.add_argument("--key", action="append", required=True, help="file with a public key; may be repeated")
    parser.add_argument("proof", nargs="+", help="files with proofs or checkpoints")
    options = parser.parse_args(arguments)
    keys = [read_key(Path(name).read_text(encoding="utf-8")) for name in options.key]
    failed = False
    for name in options.proof:
        try:
            print(f"{name}: {check(Path(name).read_text(encoding='utf-8'), keys)}")
        except NotProvenError as problem:
            failed = True
            print(f"{name}: REFUSED: {problem}", file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
