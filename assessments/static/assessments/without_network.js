// The page that comes where no page can: which quizzes open all the same, and how many answers wait on this device. It
// is the same for everybody, so it tells nothing of answers but their number.

const PAGES = "quiz-pages";
const NAME = "quiz-answers";

async function showKept() {
  const kept = await caches.open(PAGES);
  const shown = document.querySelector("[data-kept]");
  const list = shown.appendChild(document.createElement("ul"));
  for (const request of await kept.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/static/")) continue;
    const page = new DOMParser().parseFromString(await (await kept.match(request)).text(), "text/html");
    const link = Object.assign(document.createElement("a"), { href: pathname });
    link.textContent = page.querySelector("h1")?.textContent.trim() || page.title;
    list.appendChild(document.createElement("li")).append(link);
    shown.hidden = false;
  }
}

async function showWaiting() {
  if (!(await indexedDB.databases()).some(({ name }) => name === NAME)) return; // reading would make one
  const { read } = await import("./store.js");
  const count = (await read()).filter((kept) => !kept.isSaved).length;
  const told = document.querySelector("[data-waiting]");
  told.textContent = told.dataset.waiting.replace("{count}", count);
  told.hidden = !count;
}

addEventListener("online", () => {
  const told = document.querySelector("[data-back]");
  told.textContent = told.dataset.back;
});
showKept().catch(() => {});
showWaiting().catch(() => {});
