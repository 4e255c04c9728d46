// Shows beside the form, as it is filled in, what learners would see. Nothing is saved.

const AFTER_TYPING = 600;

function start(frame, form) {
  let timer = 0;
  let asked = 0;
  let shown = "";

  async function refresh() {
    const turn = ++asked;
    let response;
    try {
      response = await fetch(frame.dataset.livePreview, { method: "POST", body: new FormData(form) });
    } catch {
      return; // no network: what is shown stays
    }
    const page = response.ok ? await response.text() : "";
    if (turn !== asked || !page || page === shown) return; // overtaken by what was asked later, or the same
    shown = page;
    frame.srcdoc = page;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(refresh, AFTER_TYPING);
  }

  frame.addEventListener("load", () => {
    const height = frame.contentDocument?.documentElement.scrollHeight ?? 0;
    if (height) frame.style.blockSize = `${height + 16}px`;
  });
  for (const event of ["input", "change", "click", "drop"]) form.addEventListener(event, later);
  // Lists are drawn, and pictures chosen, by Wagtail's scripts: no event tells of it.
  new MutationObserver(later).observe(form, { childList: true, subtree: true });
  refresh();
}

const frame = document.querySelector("[data-live-preview]");
const form = document.querySelector("[data-edit-form]");
if (frame && form) start(frame, form);
