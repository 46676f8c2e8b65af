// Keeps pages readable without a network. The view puts FILES, scripts and styles, before this.
// The network comes first; where it fails or takes WAIT, a kept page that says from when it is.
const MOST = 40;
const BYTES = 4.5e6; // with FILES below 5 MB
const WAIT = 4000; // milliseconds
const FRESH = 6 * 36e5; // a page of my list is not fetched again before
const WEEK = 168 * 36e5; // by which a page of my list outlives another
// The server puts this on what may be kept: no page of people who have signed in.
const MARK = /\shidden\s+data-as-it-was/;
const STAFF = /^(\/[a-z]{2})?\/(workspace|imports|accounts|admin|api)\//;
const TRIAL = /^\/trials\/(?=.*\d)[A-Za-z0-9-]+(\/\d[A-Za-z0-9-]*)*\/(sheet\/)?$/;

const unhashed = (path) => path.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");
const files = new Set(FILES.map(unhashed));
const late = () => new Promise((_, fail) => setTimeout(fail, WAIT));
const forget = async () => {
  for (const name of await caches.keys()) if (name.startsWith("tf-")) await caches.delete(name);
};

// The address a page is kept under, without anything a person typed; null where it is never kept.
function keyOf(url) {
  const [, home = "", path] = url.pathname.match(/^(\/[a-z]{2})?(\/.*)$/);
  if (path === "/trials/") return `${home}/offline/list/`;
  if (path === "/shortlist/") {
    const ids = url.searchParams.getAll("id");
    const isList = ids.length && ids.every((id) => TRIAL.test(`/trials/${id}/`));
    return isList ? `${home}${path}?id=${ids.join("&id=")}` : null;
  }
  return ["/car-t/", "/offline/", "/offline/list/"].includes(path) || TRIAL.test(path) ? home + path : null;
}

const pages = () => caches.open("tf-pages");
const kept = async (key) => (await pages()).match(key);

async function store(key, reply, worth = 0) {
  if (!reply.ok || reply.redirected) return;
  const words = await reply.text();
  if (!MARK.test(words)) return;
  const now = Date.now();
  const rank = Math.max(now + worth, (await kept(key))?.headers.get("x-rank") ?? 0);
  const headers = new Headers({ "x-kept-at": now, "x-rank": rank, "x-size": new Blob([words]).size });
  for (const name of ["content-type", "content-security-policy"]) headers.set(name, reply.headers.get(name));
  const cache = await pages();
  const slot = key.match(/\/(offline\/list|shortlist)\//)?.[0]; // one last list, one list of mine
  for (const other of slot ? await cache.keys() : []) if (other.url.includes(slot)) await cache.delete(other);
  await cache.put(key, new Response(words, { headers }));
  await trim(cache);
}

async function trim(cache) {
  const all = [];
  for (const page of await cache.keys()) {
    const { headers } = await cache.match(page);
    const rank = page.url.endsWith("/offline/") ? Infinity : +headers.get("x-rank");
    all.push({ page, rank, size: +headers.get("x-size") });
  }
  all.sort((one, other) => (one.rank < other.rank ? 1 : -1));
  let bytes = 0;
  for (const [place, { page, size }] of all.entries()) {
    bytes += size;
    if (place >= MOST || bytes > BYTES) await cache.delete(page);
  }
}

async function take(key, worth) {
  if (Date.now() - (await kept(key))?.headers.get("x-kept-at") < FRESH) return;
  await store(key, await fetch(key, { credentials: "omit", cache: "no-cache" }), worth);
}

// A page asked for with words of a person is not kept itself: its plain page is fetched instead.
async function keep(url, reply) {
  const key = keyOf(url);
  if (!key) return;
  if (reply.status === 404) await (await pages()).delete(key);
  await (key.endsWith("/list/") || key === url.pathname + url.search ? store(key, reply) : take(key));
}

async function dated(key) {
  const page = key && (await kept(key));
  if (!page) return null;
  const words = await page.text();
  const at = new Date(+page.headers.get("x-kept-at"));
  const language = words.match(/<html lang="([a-z]+)/)?.[1] ?? "en";
  const day = at.toLocaleString(`${language}-IN`, { dateStyle: "long", timeStyle: "short" });
  const told = words.replace(MARK, " data-as-it-was").replace("<time></time>", `<time>${day}</time>`);
  return new Response(told, { headers: page.headers });
}

const first = (reply, old) => (old ? Promise.race([reply, late()]).catch(() => old) : reply);

async function page(url, reply) {
  // The kept list may answer another question: it has an address of its own.
  const old = url.pathname.endsWith("/trials/") ? null : await dated(keyOf(url));
  const home = url.pathname.match(/^\/[a-z]{2}(?=\/)/)?.[0] ?? "";
  return first(reply, old).catch(async () => (await kept(`${home}/offline/`)) ?? Response.error());
}

async function file(request, path) {
  return first(fetch(request), await (await caches.open("tf-files")).match(path, { ignoreVary: true }));
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(Promise.allSettled(FILES.map(async (path) => {
    const reply = await fetch(path);
    if (reply.ok) await (await caches.open("tf-files")).put(unhashed(path), reply);
  })));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith("/accounts/logout/")) event.waitUntil(forget());
  if (request.method !== "GET" || STAFF.test(url.pathname)) return;
  const path = unhashed(url.pathname);
  if (files.has(path)) event.respondWith(file(request, path));
  else if (request.mode === "navigate" || url.pathname.endsWith("/trials/")) {
    const reply = fetch(request);
    event.waitUntil(reply.then((got) => keep(url, got.clone())).catch(() => {}));
    event.respondWith(request.mode === "navigate" ? page(url, reply) : reply);
  }
});
// offline.js says what belongs to my list, and which page was open before this worker.
addEventListener("message", (event) => event.waitUntil((async () => {
  const { seen, mine } = event.data;
  if (seen) await keep(new URL(seen), await fetch(seen));
  for (const key of mine) if (keyOf(new URL(key, location)) === key) await take(key, WEEK);
})().catch(() => {})));
