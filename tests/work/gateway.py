"""A gateway of short messages that keeps the contract of docs/how-to/channels.md, and fails as told."""

import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "of the tests"


class Gateway(ThreadingHTTPServer):
    """``answers``: (status, headers, body) for the next requests; after those it takes what is rightly signed."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers, self.taken, self.seen, self.delay = [], {}, [], 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/messages"

    def stop(self):
        self.shutdown()
        self.server_close()


class _Talk(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append(json.loads(body))
        time.sleep(self.server.delay)
        status, headers, told = self.server.answers.pop(0) if self.server.answers else (self._take(body), {}, {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        content = json.dumps(told).encode()
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _take(self, body):
        signed = f"{self.headers['X-Timestamp']}.".encode() + body
        if not hmac.compare_digest(hmac.digest(SECRET.encode(), signed, "sha256").hex(), self.headers["X-Signature"]):
            return 401
        told = json.loads(body)
        if self.headers["Idempotency-Key"] in self.server.taken:
            return 409
        self.server.taken[self.headers["Idempotency-Key"]] = told
        return 202

    def log_message(self, *told):
        pass
