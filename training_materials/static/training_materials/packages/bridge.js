// Between H5P's core and the host page: what the learner did goes out as messages; what comes back in is only what
// another of the learner's tabs or devices did in the same content.
(function () {
  "use strict";

  const TOLD = new Set(["attempted", "answered", "completed", "mastered", "passed", "failed"]);
  const tell = (name, more) => window.parent.postMessage({ package: 1, name, ...more }, "*");
  const H5P = window.H5P;
  const saved = new Map();
  let timer = 0;
  let count = 0;

  function isWhole(event) {
    const parent = event.getVerifiedStatementValue(["context", "contextActivities", "parent"]);
    return !parent?.length;
  }

  // A QuestionSet's own statement holds no answers: the content is asked for all of them.
  function result(statement) {
    const [instance] = H5P.instances;
    try {
      return instance.getXAPIData();
    } catch {
      return { statement };
    }
  }

  H5P.externalDispatcher.on("xAPI", (event) => {
    const verb = event.getVerb();
    scheduleSaving();
    if (!TOLD.has(verb)) return;
    const statement = JSON.parse(JSON.stringify(event.data.statement));
    const isResult = isWhole(event) && (verb === "completed" || verb === "answered");
    if (isResult) tell("result", { verb, data: JSON.parse(JSON.stringify(result(statement))) });
    else tell("statement", { verb, data: statement });
  });

  H5P.setUserData = function (contentId, field, value, options) {
    keep(field, (options && options.subContentId) || 0, JSON.stringify(value));
  };

  H5P.deleteUserData = function (contentId, field, subContent) {
    keep(field, subContent || 0, "null");
  };

  function keep(field, subContent, value) {
    const name = `${subContent}/${field}`;
    const base = saved.get(name) ?? null;
    if (value === undefined || base === value) return;
    saved.set(name, value);
    tell("state", { field: String(field), subContent: String(subContent), value, base, count: ++count });
  }

  // The host merged our latest state (`seen` says which) with another tab's; contents that cannot follow say so.
  addEventListener("message", ({ source, data }) => {
    const [instance] = H5P.instances;
    if (source !== window.parent || data?.package !== 1 || data.name !== "state") return;
    if (!instance?.takeState) return tell("behind");
    if (`${data.subContent}/${data.field}` !== "0/state" || data.seen !== count) return;
    tell("agreed", { field: "state", subContent: "0", value: data.value });
    instance.takeState(JSON.parse(data.value) ?? {});
    saved.set("0/state", JSON.stringify(instance.getCurrentState()));
  });

  // How it began is nothing to save: it would overwrite what another tab did.
  H5P.externalDispatcher.on("initialized", () => {
    for (const instance of H5P.instances) {
      const state = instance.getCurrentState?.();
      if (state !== undefined) saved.set("0/state", JSON.stringify(state));
    }
  });

  function save() {
    timer = 0;
    for (const instance of H5P.instances) {
      const state = instance.getCurrentState?.();
      if (state !== undefined) keep("state", 0, JSON.stringify(state));
    }
  }

  function scheduleSaving() {
    timer ||= setTimeout(save, 100);
  }

  for (const name of ["click", "change", "input", "keyup", "pointerup"]) {
    document.addEventListener(name, scheduleSaving, true);
  }
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("pagehide", save);

  // The frame is as high as its content; contents that measure themselves are told when the width changes.
  let told = 0;
  function measure() {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (Math.abs(height - told) > 1) tell("size", { height: (told = height) });
  }
  new ResizeObserver(measure).observe(document.body);
  addEventListener("resize", () => H5P.instances.forEach((instance) => H5P.trigger(instance, "resize")));
})();
