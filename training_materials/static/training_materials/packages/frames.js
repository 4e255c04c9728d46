// Contents on a page begin when they come into view, one at a time. Each plays in a frame of its own, without the
// site's origin; only messages that come from that very frame are heard, and they are told on as events.
//
// "package:start" lets others prepare: detail.until takes promises, each of which may give { state }; detail.say sends
// a message to the content once it plays.
// "package:told" carries what the content said: detail is the message.

const LONGEST_WAIT = 20_000;
const TALLEST = 20_000;
const LARGEST = 400_000;
const waiting = [];
let isBusy = false;

function emit(figure, name, detail) {
  figure.dispatchEvent(new CustomEvent(`package:${name}`, { bubbles: true, detail }));
}

async function prepared(figure) {
  const until = [];
  const say = (message) => figure.querySelector("iframe")?.contentWindow.postMessage({ package: 1, ...message }, "*");
  emit(figure, "start", { until, say });
  const answers = await Promise.all(until);
  return Object.assign({ address: figure.dataset.package, state: [] }, ...answers);
}

function frameFor(figure, address) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-forms");
  frame.setAttribute("referrerpolicy", "no-referrer");
  frame.allow = "fullscreen";
  frame.title = figure.dataset.title;
  frame.src = address;
  // Nobody taps what is still cut off, and would move under the thumb.
  frame.inert = true;
  return frame;
}

function show(frame, height) {
  frame.style.blockSize = `${Math.min(height, TALLEST)}px`;
  frame.inert = false;
}

function play(figure, { address, state }) {
  const frame = frameFor(figure, address);
  let isHeard = false;
  return new Promise((settle) => {
    const answers = {
      hello: () => (isHeard = true) && frame.contentWindow.postMessage({ package: 1, name: "start", state }, "*"),
      size: ({ height }) => Number.isFinite(height) && show(frame, height),
      ready: () => settle(""),
      failed: ({ why }) => settle(why),
    };
    addEventListener("message", ({ source, data }) => {
      if (source !== frame.contentWindow || data?.package !== 1) return;
      if (Object.hasOwn(answers, data.name)) answers[data.name](data);
      else if (JSON.stringify(data).length < LARGEST) emit(figure, "told", data);
    });
    // A page that does not speak is none of ours: the address holds no more, or the server had none to give.
    frame.addEventListener("load", () => setTimeout(() => isHeard || settle("files"), 2000));
    setTimeout(() => settle(frame.isConnected && frame.style.blockSize !== "" ? "" : "slow"), LONGEST_WAIT);
    figure.querySelector("[data-stage]").replaceChildren(frame);
  });
}

async function begin(figure) {
  const status = figure.querySelector("[data-package-status]");
  status.textContent = status.dataset.loading;
  const trouble = await prepared(figure).then(
    (ready) => play(figure, ready),
    // Refused in words of the site, or there was no answer at all.
    (refused) => (refused instanceof TypeError ? "connection" : refused.message || "files"),
  );
  const reason = trouble && !navigator.onLine ? "connection" : trouble;
  status.textContent = status.dataset[reason] ?? reason;
  figure.toggleAttribute("data-playing", !trouble);
}

async function next() {
  if (isBusy || !waiting.length) return;
  isBusy = true;
  await begin(waiting.shift());
  isBusy = false;
  next();
}

const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    waiting.push(target);
  }
  next();
});

document.querySelectorAll("[data-package]").forEach((figure) => seen.observe(figure));
