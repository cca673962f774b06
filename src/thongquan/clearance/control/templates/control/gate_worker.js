const name = "tq-gate-1";
const page = "{% url 'control:gate_offline' %}";
const files = [page{% for file in files %}, "{{ file|escapejs }}"{% endfor %}];

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && files.includes(new URL(event.request.url).pathname)) {
    event.respondWith(fresh(event.request));
  }
});

async function keep() {
  const cache = await caches.open(name);
  await cache.addAll(files);
  await self.skipWaiting();
}

async function fresh(request) {
  const cache = await caches.open(name);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return (await cache.match(request.url, { ignoreSearch: true, ignoreVary: true })) ?? Response.error();
  }
}
