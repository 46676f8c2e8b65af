// What is kept on this device: named on the page for readers without a network, deleted on the page about privacy.
(async () => {
  if (!globalThis.caches) return;
  const list = document.querySelector("[data-kept-pages]");
  const site = ` · ${document.title.split(" · ").at(-1).trim()}`; // at the end of most titles
  const read = async (cache, request) => {
    const reply = await cache.match(request);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const path = request.url.slice(location.origin.length);
    return { path, page, at: Number(reply.headers.get("x-kept-at")) };
  };
  const draw = async () => {
    const cache = await caches.open("tf-pages");
    const kept = await Promise.all((await cache.keys()).map((request) => read(cache, request)));
    for (const { path, page, at } of kept.sort((one, other) => other.at - one.at)) {
      if (path.endsWith("/offline/")) continue;
      const link = document.createElement("a");
      link.href = path;
      link.textContent = path.endsWith("/list/") ? list.dataset.lastList : page.title.trim().replace(/\s+/g, " ").replace(site, "");
      if (!path.endsWith("/list/")) link.lang = page.documentElement.lang;
      const day = document.createElement("span");
      day.className = "soft";
      const language = `${document.documentElement.lang}-IN`;
      day.textContent = new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
      const row = document.createElement("li");
      row.append(link, " · ", day);
      list.append(row);
    }
  };
  if (list) await draw();
  const button = document.querySelector("[data-forget]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    for (const name of await caches.keys()) if (name.startsWith("tf-")) await caches.delete(name);
    document.querySelector("[data-forgotten]").textContent = button.dataset.done;
  });
})().catch(() => {}); // no room on this device, or a private window: nothing is kept
