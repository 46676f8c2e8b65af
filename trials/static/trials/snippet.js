// Preview and lines follow every choice. The page works without this file: "Show" asks for the same address.
(() => {
  const form = document.getElementById("looks");
  form.addEventListener("change", async () => {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    const next = `${form.action}?${asked}`;
    const reply = await fetch(next);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const made = page.getElementById("made");
    if (!reply.ok || !made) return location.assign(next);
    document.getElementById("made").replaceWith(made);
    history.replaceState(null, "", next);
    document.dispatchEvent(new Event("tf:made"));
  });
})();
