"""A phone that keeps a passkey, as far as the site can see it: what it sends, signed by a key of its own."""

import json
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

CHALLENGE = "/tai-khoan/2fa/webauthn/challenge/"
ADD = "/tai-khoan/2fa/webauthn/add/"
SIGN_IN = "/tai-khoan/2fa/webauthn/login/"
_FLAG = AuthenticatorData.FLAG


@dataclass
class Phone:
    """``asks`` whether it wants finger, face or PIN before it signs; ``origin`` where its browser is."""

    origin: str = "https://testserver"
    asks: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    number: bytes = field(default_factory=lambda: os.urandom(16))
    owner: str = ""

    def add(self, client, **more):
        """Through the page, as its script does."""
        options = client.post(CHALLENGE, {"new": "yes"}, secure=True).json()["publicKey"]
        sent = {"name": "Điện thoại", "credential": json.dumps(self.make(options)), **more}
        return client.post(ADD, sent, secure=True)

    def sign_in(self, client, to=SIGN_IN):
        return client.post(to, {"credential": json.dumps(self.open(challenge_of(client)))}, secure=True)

    def make(self, options):
        self.owner = options["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(b"\0" * 16, self.number, public)
        data = AuthenticatorData.create(sha256(self._name), self._flags | _FLAG.AT, 0, made)
        statement = AttestationObject.create("none", data, {})
        return self._sent("webauthn.create", options, attestationObject=websafe_encode(statement))

    def open(self, options, **instead):
        data = AuthenticatorData.create(sha256(self._name), self._flags, 1)
        client_data = self._client_data("webauthn.get", options)
        signature = self.key.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))
        signed = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature)}
        return self._sent("webauthn.get", options, **{**signed, "userHandle": self.owner, **instead})

    @property
    def _name(self):
        return self.origin.rpartition("//")[2].partition(":")[0].encode()

    @property
    def _flags(self):
        return _FLAG.UP | (_FLAG.UV if self.asks else _FLAG(0))

    def _client_data(self, kind, options):
        return CollectedClientData.create(kind, options["challenge"], self.origin)

    def _sent(self, kind, options, **response):
        number = websafe_encode(self.number)
        response["clientDataJSON"] = websafe_encode(self._client_data(kind, options))
        return {"id": number, "rawId": number, "type": "public-key", "response": response, "clientExtensionResults": {}}


def challenge_of(client):
    return client.post(CHALLENGE, secure=True).json()["publicKey"]
