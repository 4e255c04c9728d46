"""How the client talks to the server that stands in for a cluster, in tests and in `make bench-search`."""

from elastic_transport import HttpHeaders, Urllib3HttpNode

# A server that runs answers; a busy machine may take its time.
PATIENCE_SECONDS = 60.0


class PlainJsonNode(Urllib3HttpNode):
    """The server refuses ``application/vnd.elasticsearch+json``: it is told that it is plain JSON, as it is."""

    def perform_request(self, method, target, body=None, headers=None, request_timeout=None):
        plain = HttpHeaders(headers or {})
        for name in ("content-type", "accept"):
            if "vnd.elasticsearch" in plain.get(name, ""):
                plain[name] = "application/x-ndjson" if "ndjson" in plain[name] else "application/json"
        return super().perform_request(method, target, body, plain, request_timeout)
