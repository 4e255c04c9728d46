"""The key is nowhere before it may be seen: in no response, page, cache of the worker, nor store of the browser."""

import json

import pytest

from assessments.models import Response
from tests.browser.answering import answer_everything
from tests.browser.conftest import wait_until
from tests.browser.test_quiz import KEPT, an, line  # noqa: F401  # fixtures

pytestmark = pytest.mark.browser

_CACHES = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push(await (await cache.match(request)).text());
  }
  return texts;
}"""
_STORES = """async () => {
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
    });
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).getAll();
      rows.push(await new Promise((done) => { request.onsuccess = () => done(request.result); }));
    }
    database.close();
  }
  return JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }]);
}"""


@pytest.mark.parametrize("width", ["phone"], indirect=True)
def test_the_key_is_nowhere_before_it_may_be_seen(an):  # noqa: F811
    page, heard = an.page, []
    wait_until(page, KEPT)  # no response of the first page comes later
    page.on("response", lambda response: heard.append(response))
    page.reload()
    answer_everything(an)
    page.wait_for_function(
        "[...document.querySelectorAll('[data-question]')].every((one) => one.querySelector('[data-state]'))"
    )
    page.wait_for_load_state("networkidle")
    bodies = [one.text() for one in heard if one.ok and "font" not in one.headers.get("content-type", "")]
    read = {
        "responses": "\n".join(bodies),
        "page": page.content(),
        "caches": "\n".join(page.evaluate(_CACHES)),
        "stores": page.evaluate(_STORES),
    }
    assert "data-question" in read["caches"]
    assert "position" in read["stores"]
    for place, text in read.items():
        for secret in _secrets():
            assert secret not in text, f"{secret} stands in {place}"


def _secrets() -> list[str]:
    """What only the key holds: the words of stored bodies that no learner's page needs, and explanations."""
    versions = [response.version for response in Response.objects.select_related("version")]
    words = [version.feedback for version in versions if version.feedback]
    marks = ["is_correct", '"accepted"', "is_tolerant", '"pairs"', '"items"']
    typed = [
        json.dumps(version.body["accepted"], ensure_ascii=False) for version in versions if "accepted" in version.body
    ]
    return [*words, *marks, *typed]
