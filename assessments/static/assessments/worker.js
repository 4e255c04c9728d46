// The worker of /bai-kiem-tra/: an attempt's page and its parts from the network, and without it from what is kept.

const PAGES = "quiz-pages";
const ATTEMPT = /^\/bai-kiem-tra\/[0-9a-f-]{36}\/$/;

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (ATTEMPT.test(pathname) && request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function page(request, pathname) {
  const kept = await caches.open(PAGES);
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected) await kept.put(pathname, response.clone());
    else await kept.delete(pathname); // handed in, or somebody else's
    return response;
  } catch (error) {
    const held = await kept.match(pathname);
    if (held) return held;
    throw error;
  }
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const held = await (await caches.open(PAGES)).match(request.url);
    if (held) return held;
    throw error;
  }
}
