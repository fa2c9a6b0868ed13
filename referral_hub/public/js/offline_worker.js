/**
 * Runs beside the portal (see portal/installing/worker.py): where a page can't be had, one page says so, in both languages.
 * That page is all it keeps. Whatever belongs to somebody comes from the server each time and is never stored.
 */

const PREFIX = "referral-hub ";
const KEPT = PREFIX + self.OFFLINE;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
	if (event.request.mode === "navigate" && event.request.method === "GET") event.respondWith(answer(event));
});

async function keep() {
	const cache = await self.caches.open(KEPT);
	await cache.add(self.OFFLINE);
	await self.skipWaiting();
}

async function tidy() {
	const old = (await self.caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== KEPT);
	await Promise.all(old.map((name) => self.caches.delete(name)));
	// the browser asks the server while this script starts: on a slow phone nobody waits for it
	await self.registration.navigationPreload?.enable();
}

async function answer(event) {
	try {
		return (await event.preloadResponse) || (await fetch(event.request));
	} catch {
		return (await self.caches.match(self.OFFLINE)) || Response.error();
	}
}
