"""A device is told: what the page offers where the browser asks, refuses, or gets through to no push service; and what
its worker shows of a message. Only a push service of the world could subscribe it, so the browser itself delivers."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import say, wait_until
from tests.work.push_service import KEY

pytestmark = pytest.mark.browser
# Without a window Chromium says "denied" to the page, whatever it was granted.
_ALLOWED = """Object.defineProperty(Notification, "permission", { value: "granted" });
  Notification.requestPermission = async () => "granted";"""
# Nor does it show anything: what its worker would show is noted.
_NOTED = """() => {
  self.shown = [];
  self.registration.showNotification = async (title, { tag, data }) => void shown.push([title, tag, data]);
}"""


@pytest.mark.parametrize("width", ["phone"])
def test_a_device_is_told_by_one_line_where_its_owner_lets_it(way, visitor, settings):
    settings.PUSH_KEY = KEY
    an = visitor()
    an.come_back("an")
    an.open("/thong-bao/cach-bao/")
    expect(an.page.locator("[data-device-says=denied]")).to_be_visible()
    an.page.context.grant_permissions(["notifications"], origin=an.address)
    an.page.add_init_script(_ALLOWED)
    an.page.reload()
    an.page.get_by_role("button", name=say("Tell me on this device")).click()
    expect(an.page.locator("[data-device-says=failed]")).to_be_visible()
    an.check()
    wait_until(an.page, "async () => Boolean((await navigator.serviceWorker.ready).active)")
    (worker,) = an.page.context.service_workers
    worker.evaluate(_NOTED)
    _deliver(an, {"id": "a1", "title": "Bạn có thông báo mới", "path": "/thong-bao/"})
    while not (shown := worker.evaluate("shown")):
        an.page.wait_for_timeout(50)
    assert shown == [["Bạn có thông báo mới", "a1", "/thong-bao/"]]


def _deliver(visitor, told):
    session, registrations = visitor.page.context.new_cdp_session(visitor.page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda said: registrations.extend(said["registrations"]))
    session.send("ServiceWorker.enable")
    while not registrations:
        visitor.page.wait_for_timeout(50)
    to = {"origin": visitor.address, "registrationId": registrations[0]["registrationId"]}
    session.send("ServiceWorker.deliverPushMessage", {**to, "data": json.dumps(told)})
