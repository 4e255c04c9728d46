// Lets the attempt's page open without network: the worker answers from what is kept here. No key is in that page. Of
// all other pages it keeps none, but the one that says that there is no network; in that stands nothing of anybody.

const PAGES = "quiz-pages";
const NOTICE = "without-network";
const QUIZZES = "/bai-kiem-tra/";
const WORKER = `${QUIZZES}worker.js`;
const WITHOUT_NETWORK = `${QUIZZES}khong-mang/`;

const parts = () => [
  ...performance.getEntriesByType("resource").map(({ name }) => name),
  ...[...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href ?? part.src),
];

const canKeep = () => "serviceWorker" in navigator && "caches" in window;

// Again where the site's style or the reader's language is another than when it was kept.
export async function keepNotice() {
  if (!canKeep()) return;
  await register();
  const style = document.querySelector("link[rel=stylesheet]").getAttribute("href");
  const kept = await caches.match(WITHOUT_NETWORK).then((held) => held?.text() ?? "");
  if (kept.includes(`lang="${document.documentElement.lang}"`) && kept.includes(style)) return;
  const own = await (await fetch(WITHOUT_NETWORK)).text();
  const parts = [...own.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, name]) => name);
  const notice = await caches.open(NOTICE);
  await notice.addAll([WITHOUT_NETWORK, ...parts]); // all or none
  const isOld = ({ url }) => ![WITHOUT_NETWORK, ...parts].includes(new URL(url).pathname);
  await Promise.all((await notice.keys()).filter(isOld).map((request) => notice.delete(request)));
}

// For all pages; where a proxy has dropped the header that allows it, for those of quizzes, as it once was everywhere.
async function register() {
  const workers = navigator.serviceWorker;
  try {
    await workers.register(WORKER, { scope: "/" });
    const other = await workers.getRegistration(QUIZZES);
    if (other?.scope.endsWith(QUIZZES)) await other.unregister();
  } catch {
    await workers.register(WORKER, { scope: QUIZZES });
  }
}

export async function openWithoutNetwork() {
  if (!canKeep()) return;
  try {
    await navigator.serviceWorker.ready;
    const kept = await caches.open(PAGES);
    const keep = async (name) => (await kept.match(name)) || kept.add(name);
    const own = parts().filter((name) => new URL(name, location).pathname.startsWith("/static/"));
    await Promise.allSettled([...new Set(own)].map(keep));
    await keep(location.pathname); // last: once it opens without network, its parts are there
  } catch {
    // without network, or storage: the answers are kept all the same
  }
}

// The pages name the account that they were made for.
export async function forgetPagesOfOthers(account) {
  if (!("caches" in window)) return;
  const kept = await caches.open(PAGES);
  for (const request of await kept.keys()) {
    if (new URL(request.url).pathname.startsWith("/static/")) continue;
    const page = await (await kept.match(request)).text();
    if (!page.includes(`data-account="${account}"`)) await kept.delete(request);
  }
}

export const forgetAllPages = async () => "caches" in window && (await caches.delete(PAGES));

export async function forgetPage(attempt) {
  if (!("caches" in window)) return;
  const kept = await caches.open(PAGES);
  await kept.delete(`/bai-kiem-tra/${attempt}/`);
}
