"""Somebody with a browser that runs no scripts: reads pages through the proxy, fills in forms, keeps cookies."""

import ssl
from http.client import HTTPSConnection
from typing import Any
from urllib.parse import urljoin

import requests
import urllib3
from bs4 import BeautifulSoup, Tag

NAME = "hoc-tap.example.vn"
ADDRESS = f"https://{NAME}"
urllib3.disable_warnings()  # the certificate is Debian's own


def session() -> requests.Session:
    """As a browser has it, whatever this machine's variables say of proxies and certificates."""
    opened = requests.Session()
    opened.trust_env = opened.verify = False
    opened.headers["Referer"] = f"{ADDRESS}/"
    return opened


def status_of(path: str) -> int:
    """Asked for as it stands; a browser would resolve the ".." in it by itself."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    connection = HTTPSConnection(NAME, timeout=60, context=trusting)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


class Visitor:
    def __init__(self) -> None:
        self.session = session()

    def get(self, path: str, status: int = 200, **options: Any) -> requests.Response:
        return _expected(self.session.get(urljoin(ADDRESS, path), timeout=60, **options), status)

    def send(self, page: requests.Response, action: str, values: dict[str, str], **options: Any) -> requests.Response:
        """The form of that page which leads to the action, as it stands but for the values; followed to the end."""
        forms = BeautifulSoup(page.text, "html.parser").select("form:has(input[name=csrfmiddlewaretoken])")
        found = [form for form in forms if urljoin(page.url, str(form.get("action") or "")).endswith(action)]
        if not found:
            raise SystemExit(f"{page.url} has no form that leads to {action}")
        sent = {**_fields(found[-1]), **values}
        return _expected(self.session.post(urljoin(ADDRESS, action), sent, timeout=60, **options), 200)

    def sign_in(self, username: str, password: str) -> requests.Response:
        page = self.get("/tai-khoan/login/")
        return self.send(page, "/tai-khoan/login/", {"login": username, "password": password})


def _fields(form: Tag) -> dict[str, str]:
    """What a browser sends of it, with the first of each choice taken and each gap filled."""
    fields: dict[str, str] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = str(field.get("name") or ""), str(field.get("type") or field.name)
        if not name or kind in ("submit", "file"):
            continue
        if kind == "select":
            options = [str(option.get("value") or "") for option in field.find_all("option")]
            fields[name] = next(filter(None, options), "")
        elif kind in ("radio", "checkbox", "hidden"):
            fields.setdefault(name, str(field.get("value") or "on"))
        else:
            fields[name] = str(field.get("value") or "1")
    return fields


def _expected(response: requests.Response, status: int) -> requests.Response:
    if response.status_code != status:
        asked = f"{response.request.method} {response.request.url}"
        raise SystemExit(f"{asked}: {response.status_code}, not {status}\n{response.text[:600]}")
    return response
