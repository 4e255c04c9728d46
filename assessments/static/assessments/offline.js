// Lets the attempt's page open without network: its worker answers from what is kept here. No key is in that page.

const PAGES = "quiz-pages";

const parts = () => [
  ...performance.getEntriesByType("resource").map(({ name }) => name),
  ...[...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href ?? part.src),
];

export async function openWithoutNetwork(form) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  try {
    await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope });
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
