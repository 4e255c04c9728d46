"""A push service on this machine, with a certificate, that answers as told; and a browser that subscribed there, which
reads what comes with code that is not ours."""

import base64
import datetime
import json
import os
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import http_ece
import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

KEY = "xxN4dk0fhVUlBCrHojWkbDW7DGfX5Qam0TfsJCI9Jrw"  # the site's


class PushService(ThreadingHTTPServer):
    """``answers``: (status, headers) for the next messages; after those it takes each."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers, self.taken, self.asked, self.drips = [], [], 0, 0
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.certificate = _certificate(folder)
        context.load_cert_chain(self.certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()

    @property
    def origin(self):
        return f"https://localhost:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """Whoever is cut off, or does not trust the certificate."""

    def stop(self):
        self.shutdown()
        self.server_close()


@contextmanager
def push_on(settings, monkeypatch, folder):
    """The site has a key, and such a service is outside."""
    service = PushService(folder)
    settings.PUSH_KEY, settings.IS_THIS_MACHINE_OUTSIDE = KEY, True
    monkeypatch.setenv("SSL_CERT_FILE", str(service.certificate))
    yield service
    service.stop()


class Browser:
    def __init__(self, origin, name="may-1"):
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.endpoint = f"{origin}/gui/{name}"

    @property
    def subscription(self):
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": _written(point), "auth": _written(self.secret)}

    def read(self, message):
        text = http_ece.decrypt(message.body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return json.loads(text)


def signed_for(message, origin):
    """What the message's signature says, of who has the key that browsers are told; raises for any other audience."""
    told = message.headers["Authorization"].removeprefix("vapid ")
    token, key = (part.partition("=")[2] for part in told.split(", "))
    point = base64.urlsafe_b64decode(key + "=")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    return key, jwt.decode(token, public, algorithms=["ES256"], audience=origin)


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.server.asked += 1
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, headers = self.server.answers.pop(0) if self.server.answers else (201, {})
        if status == 201:
            self.server.taken.append(SimpleNamespace(path=self.path, headers=dict(self.headers), body=body))
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        for _number in range(self.server.drips):
            self.flush_headers()
            self.send_header("X-Slow", "1")
            time.sleep(0.1)
        self.end_headers()

    def log_message(self, *told):
        pass


def _certificate(folder):
    """Of localhost, by itself; the file holds its key too."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    file = folder / "localhost.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(built.public_bytes(Encoding.PEM) + private)
    return file


def _written(octets):
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")
