// The site's worker. An attempt's page and its parts come from the network, and without it from what is kept; any other
// page that cannot come is answered by the one that says so, which is the same for everybody.

const PAGES = "quiz-pages";
const ATTEMPT = /^\/bai-kiem-tra\/[0-9a-f-]{36}\/$/;
const WITHOUT_NETWORK = "/bai-kiem-tra/khong-mang/";

let isAway = false; // whether the latest page could not come

addEventListener("install", (event) => {
  self.skipWaiting();
  // A browser may drop what a page sends while it is left, if that went through here.
  event.addRoutes?.({ condition: { requestMethod: "POST" }, source: "network" });
});
addEventListener("activate", (event) =>
  event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()])),
);

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.destination === "document") event.respondWith(ATTEMPT.test(pathname) ? attempt(event, pathname) : page(event));
  else if (pathname.startsWith("/static/") && mayBeKept(request)) event.respondWith(part(request));
});

// Parts of other pages are none of its business while there is a network.
function mayBeKept({ referrer }) {
  const from = referrer ? new URL(referrer).pathname : "";
  return isAway || ATTEMPT.test(from) || from.startsWith("/static/assessments/");
}

// The browser asks for a page while it still wakes the worker, where it can.
async function arriving(event) {
  isAway = true;
  const early = await Promise.resolve(event.preloadResponse).catch(() => null); // a browser may give it up
  const response = early ?? (await fetch(event.request));
  isAway = false;
  return response;
}

async function attempt(event, pathname) {
  const kept = await caches.open(PAGES);
  try {
    const response = await arriving(event);
    if (response.ok && !response.redirected) await kept.put(pathname, response.clone());
    else await kept.delete(pathname); // handed in, or somebody else's
    return response;
  } catch (error) {
    return (await kept.match(pathname)) ?? without(error);
  }
}

const page = (event) => arriving(event).catch(without);

async function without(error) {
  const held = await caches.match(WITHOUT_NETWORK);
  if (held) return held;
  throw error;
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const held = await caches.match(request.url);
    if (held) return held;
    throw error;
  }
}
