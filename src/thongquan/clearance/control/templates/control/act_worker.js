// Keeps the pages of open acts and what they are made of at hand, so that they open at the yard without network.
const name = "tq-acts-1";
const act = /^\/control\/\d{12}\/inspection$/;
const parts = "{{ static|escapejs }}";

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate" ? act.test(pathname) : pathname.startsWith(parts)) event.respondWith(fresh(event.request));
});

async function fresh(request) {
  const cache = await caches.open(name);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected && request.mode !== "navigate") await cache.put(request, answer.clone());
    return answer;
  } catch {
    return (await cache.match(request.url, { ignoreSearch: true, ignoreVary: true })) ?? Response.error();
  }
}
