// Lets the attempt's page open without network: the worker answers from what is kept here. No key is in that page. Of
// all other pages it keeps none, but the one that says that there is no network; in that stands nothing of anybody.

const PAGES = "quiz-pages";
const NOTICE = "without-network";
const WITHOUT_NETWORK = "/bai-kiem-tra/khong-mang/";

const parts = () => [
  ...performance.getEntriesByType("resource").map(({ name }) => name),
  ...[...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href ?? part.src),
];

const canKeep = () => "serviceWorker" in navigator && "caches" in window;

// Again where the site's style or the reader's language is another than when it was kept.
export async function keepNotice() {
  if (!canKeep()) return;
  await navigator.serviceWorker.register("/bai-kiem-tra/worker.js", { scope: "/" });
  const style = document.querySelector("link[rel=stylesheet]").getAttribute("href");
  const kept = await caches.match(WITHOUT_NETWORK).then((held) => held?.text() ?? "");
  if (kept.includes(`lang="${document.documentElement.lang}"`) && kept.includes(style)) return;
  await caches.delete(NOTICE);
  const own = await (await fetch(WITHOUT_NETWORK)).text();
  const parts = [...own.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, name]) => name);
  await (await caches.open(NOTICE)).addAll([WITHOUT_NETWORK, ...parts]);
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
