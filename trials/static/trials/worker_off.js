// The site keeps no pages any more: what it kept on this device goes, and so does this worker.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("tf-")) await caches.delete(name);
  await registration.unregister();
})()));
