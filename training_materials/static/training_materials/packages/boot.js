// Begins a content in its frame: waits until the host page says what was kept, then loads H5P's core and the
// libraries one after another, styles first, so that nothing is drawn before it can look right.
(function () {
  "use strict";

  // The frame's origin is opaque: storage and cookies throw here, and H5P's core would stop half-way.
  function memory() {
    const kept = new Map();
    return {
      get length() {
        return kept.size;
      },
      key: (place) => [...kept.keys()][place] ?? null,
      getItem: (name) => kept.get(String(name)) ?? null,
      setItem: (name, value) => void kept.set(String(name), String(value)),
      removeItem: (name) => void kept.delete(String(name)),
      clear: () => kept.clear(),
    };
  }
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: memory(), configurable: true });
  }
  // No policy of browsers keeps WebRTC from speaking to other machines.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) delete window[name];
  Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true });

  const { contentId, integration, scripts, styles } = JSON.parse(document.getElementById("embedding").textContent);
  const tell = (name, more) => window.parent.postMessage({ package: 1, name, ...more }, "*");

  function style(address) {
    return new Promise((settle) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
      link.onload = link.onerror = settle;
      document.head.append(link);
    });
  }

  function script(address) {
    return new Promise((settle, fail) => {
      const part = Object.assign(document.createElement("script"), { src: address, async: false });
      part.onload = settle;
      part.onerror = () => fail(Object.assign(new Error(address), { why: "files" }));
      document.head.append(part);
    });
  }

  async function start({ state, title }) {
    const content = integration.contents[`cid-${contentId}`];
    content.contentUserData = [];
    for (const { field, subContent, value } of state ?? []) {
      const place = subContent || 0;
      content.contentUserData[place] = { ...content.contentUserData[place], [field]: value };
    }
    if (title) content.title = content.metadata.title = title;
    window.H5PIntegration = integration;
    window.H5P = { preventInit: true };
    await Promise.all([...styles.map(style), ...scripts.map(script)]);
    window.H5P.init(document.body);
    if (!window.H5P.instances.length) throw new Error("the content did not begin");
    tell("ready");
  }

  function receive(event) {
    if (event.source !== window.parent || event.data?.package !== 1 || event.data.name !== "start") return;
    window.removeEventListener("message", receive);
    start(event.data).catch((error) => {
      console.error(error);
      tell("failed", { why: error.why ?? "content" });
    });
  }

  // Opened by its address alone there is nobody to play for.
  if (window.parent === window) return;
  window.addEventListener("message", receive);
  tell("hello");
})();
