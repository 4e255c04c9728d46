"""What people do on the site, what goes wrong meanwhile, and whether all is there still."""

import re
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.production import readme, site
from tests.production.visitor import NAME, Visitor, session, status_of

_SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_FROM_THE_PROXY = {"X-Forwarded-Proto": "https"}
_PRIVATE = Path("/var/lib/hoc-tap/private")


def install() -> None:
    """As the README says; what it takes for granted, or has fetched from elsewhere, is looked at first."""
    missing = [name for name in readme.packages() if not _is_installed(name)]
    if missing:
        raise SystemExit(f"The walk needs what the README has apt-get install: {' '.join(missing)}")
    with Path("/etc/hosts").open("a") as hosts:
        hosts.write(f"\n127.0.0.1 {NAME}\n")
    _step("installing", partial(readme.carry_out, "Installing", typed="mot-mat-khau-dai-cho-quan-tri\n"))


def all_of_it() -> None:
    began, way = time.monotonic(), Walk()
    for title, act in {
        "reading without an account": way.read_without_account,
        "asking for what is closed": way.ask_for_what_is_closed,
        "signing in, a quiz, a file": way.sign_in_and_learn,
        "finding everything": way.find_everything,
        "a slot killed twice": kill_a_slot_twice,
        "PostgreSQL restarted": restart_the_database,
        "four slow clients at each process": send_slowly,
        "copies": copy,
        "everything stopped and started": stop_and_start,
        "finding everything again": way.find_everything,
        "newer code": partial(readme.carry_out, "Newer code"),
    }.items():
        _step(title, act)
    print(f"{time.monotonic() - began:6.1f} s  in all, installed", flush=True)


class Walk:
    """One member's way; what they found is asked for again after everything was stopped and begun anew."""

    def __init__(self) -> None:
        self.places = site.in_the_site("from tests.production import laid; laid.lay()")
        self.an = Visitor()

    def read_without_account(self) -> None:
        """The page with its styles and fonts, from the collected files."""
        anybody = Visitor()
        page = anybody.get("/")
        styles = re.search(r'href="(/static/vendor/site\.[0-9a-f]{12}\.css)"', page.text)
        assert styles, "the page names no collected style sheet"
        sheet = anybody.get(styles[1])
        assert "immutable" in sheet.headers["Cache-Control"]
        font = re.search(r'url\("?(\.\./vendor/fonts/[^")]+)', sheet.text)
        assert font, "the style sheet names no font"
        assert anybody.get(styles[1].replace("site.", "x/").split("x/")[0] + font[1]).content[:4] == b"wOF2"

    def ask_for_what_is_closed(self) -> None:
        """By the proxy, by guessed addresses, and by the site without signing in."""
        file = self.places["file"]
        assert (_PRIVATE / file).exists()
        for folder in ("/media", "/private", "/static/../private", "/static../private", "/static/%2e%2e/private"):
            assert status_of(f"{folder}/{file}") == 404, folder
        assert "/tai-khoan/login/" in Visitor().get(self.places["document"]).url
        assert _PRIVATE.stat().st_mode & 0o077 == 0

    def sign_in_and_learn(self) -> None:
        assert self.an.sign_in("an", self.places["password"]).url.endswith("/hoc-tap/")
        assert self.an.get(self.places["document"]).content == b"for members"
        self._take_the_quiz()
        page = self.an.get("/minh-chung/them/")
        values = {"title": "Giấy chứng nhận bơi", "kind": "external_certificate", "issuer": "Nhà văn hóa"}
        self.an.send(
            page, "/minh-chung/them/", values | {"occurred_on": "04/05/2026", "link": "", "code": ""},
            files={"file": ("giay.pdf", _SCAN, "application/pdf")},
        )  # fmt: skip

    def find_everything(self) -> None:
        """The result, the file as it was handed in, and the certificate; still signed in."""
        assert self.an.get(self.result).url.endswith("/ket-qua/")
        listed = self.an.get("/minh-chung/")
        file = re.search(r"/minh-chung/tep/[0-9a-f-]{36}/", listed.text)
        assert file, "the file that was handed in is not listed"
        assert self.an.get(file[0]).content == _SCAN
        assert self.an.get(f"/giay-cong-nhan/{self.places['code']}.pdf").content[:5] == b"%PDF-"

    def _take_the_quiz(self) -> None:
        """Enrols, begins, answers what the page asks in its own form, hands in."""
        course = self.places["course"]
        self.an.send(self.an.get(f"/khoa-hoc/{course}/"), f"/hoc-tap/{course}/ghi-danh/", {})
        step = self.an.get(f"/hoc-tap/{course}/{self.places['step']}/")
        attempt = self.an.send(step, f"/bai-kiem-tra/bat-dau/{self.places['quiz']}/", {})
        self.result = self.an.send(attempt, attempt.url.partition(NAME)[2], {"finish": "confirmed"}).url


def kill_a_slot_twice() -> None:
    """The process that answers is killed, and again as soon as there is another: granian ends, nobody notices."""
    web = site.process_of("hoc-tap-web:1")
    first = site.worker_of(web)
    with site.visited_throughout("/tai-khoan/login/") as amiss:
        site.kill(first)
        second = site.wait_for("another worker", lambda: (pid := site.worker_of(web)) and pid != first and pid)
        time.sleep(1)
        site.kill(second)
        site.wait_for("the supervisor", lambda: site.process_of("hoc-tap-web:1") not in (0, web))
    assert not amiss, f"while a slot was killed twice: {amiss}"


def restart_the_database() -> None:
    """What waits for it, waits; the task worker is the same afterwards."""
    worker = site.process_of("hoc-tap-worker")
    site.run("service", "postgresql", "restart")
    site.wait_for("health after the database's restart", site.is_well)
    time.sleep(3)
    assert site.process_of("hoc-tap-worker") == worker, "the task worker did not outlive the database"


def send_slowly() -> None:
    """Four who never end, at each process and past the proxy: a page comes long before they are given up."""
    for port in (8001, 8002, 8003, 8004):
        asked = {"url": f"http://127.0.0.1:{port}/tai-khoan/login/", "headers": {"Host": NAME, **_FROM_THE_PROXY}}
        site.wait_for(f"a process at {port}", lambda port=port: site.listens(port))
        session().get(**asked, timeout=60)
        with site.slow_clients(4, port):
            time.sleep(0.5)
            assert session().get(**asked, timeout=15).status_code == 200


def stop_and_start() -> None:
    readme.carry_out("Stopping and starting")
    site.wait_for("health after everything was begun anew", site.is_well)


def copy() -> None:
    assert "/etc/cron.daily/hoc-tap-copies" in site.run("run-parts", "--test", "/etc/cron.daily")
    readme.carry_out("Copies")
    dumps = list(Path("/var/backups/hoc-tap").glob("*.dump"))
    assert len(dumps) == 1
    assert "TABLE DATA public evidence_evidence" in site.run("pg_restore", "--list", str(dumps[0]))
    names = subprocess.run(["tar", "-tf", str(dumps[0].with_suffix(".tar"))], capture_output=True, check=True)
    assert b"private/evidence/" in names.stdout


def _is_installed(package: str) -> bool:
    return subprocess.run(["dpkg", "-s", package], capture_output=True, check=False).returncode == 0


def _step(title: str, act: Callable[[], None]) -> None:
    began = time.monotonic()
    act()
    print(f"{time.monotonic() - began:6.1f} s  {title}", flush=True)
