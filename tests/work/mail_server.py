"""A mail server that keeps what it is given, or refuses it."""

import socketserver
import threading


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), _Talk)
        self.taken, self.refused_of, self.refusal = [], set(), "450 not now"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb in ("MAIL", "RCPT") and line[line.index("<") + 1 : line.index(">")] in self.server.refused_of:
                self._say(self.server.refusal)
            elif verb == "DATA":
                self._say("354 go on")
                self.server.taken.append(self._content())
                self._say("250 taken")
            else:
                self._say("221 bye" if verb == "QUIT" else "250 well")
            if verb == "QUIT":
                return

    def _content(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(lines).decode()

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())
