// Part of /sw.js: answers for the network with static files and pages of nobody, never with anybody's own.
const PATIENCE = 5000; // ms for a page that can be shown without the network
const DAY = 86400000; // ms

// Keeps each page with the files it names, in a cache named after the time.
async function keep() {
  const name = `${Date.now()}`;
  const cache = await caches.open(name);
  for (const page of new Set(Object.values(PAGES))) {
    await cache.add(new Request(page, { credentials: "omit", cache: "no-store" }));
    const html = await (await cache.match(page)).text();
    const files = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js|svg|woff2))"/g)].map(([, file]) => file);
    await cache.addAll([...new Set(files)]);
  }
  for (const other of await caches.keys()) if (other !== name) await caches.delete(other);
}

const kept = async (address) => (await caches.match(address, { ignoreVary: true })) ?? Response.error();

async function renew() {
  const [name] = await caches.keys();
  if (Math.abs(Date.now() - name) > DAY) await keep();
}

addEventListener("install", (event) => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const instead = PAGES[pathname];
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    const late = new Promise((_, reject) => instead && setTimeout(reject, PATIENCE));
    event.respondWith(Promise.race([fetch(request), late]).catch(() => kept(instead ?? PAGES[""])));
    event.waitUntil(renew());
  } else if (pathname.startsWith(STATIC)) {
    event.respondWith(fetch(request).catch(() => kept(request)));
  }
});
