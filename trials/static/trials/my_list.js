// The list kept on this device. Without this script every link here works: the list stands in its address.
(() => {
  const KEY = "tf-list";
  const MOST = 20;
  const link = document.querySelector("a[data-my-list]");
  const [home, said] = link.getAttribute("href").split("?"); // what the visitor said of the patient goes along

  const read = () => {
    try {
      const ids = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(ids) ? ids.filter((id) => typeof id === "string").slice(0, MOST) : [];
    } catch {
      return [];
    }
  };
  const write = (ids) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(ids));
      dispatchEvent(new Event("tf:list")); // offline.js keeps its pages readable
      return true;
    } catch {
      return false;
    }
  };
  const address = (ids) => {
    const asked = ids.map((id) => `id=${encodeURIComponent(id).replaceAll("%2F", "/")}`);
    const query = [...asked, ...(said ? [said] : [])].join("&");
    return query ? `${home}?${query}` : home;
  };

  const found = () => [...document.querySelectorAll("a[data-keep]:not([data-my-list])")].map((keep) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = keep.className || "link";
    button.dataset.id = keep.dataset.keep;
    button.append(...keep.childNodes);
    keep.replaceWith(button);
    return [button, button.firstElementChild, keep.href];
  });
  let toggles = [];
  const draw = () => {
    const mine = read();
    link.href = address(mine);
    for (const [button, words] of toggles) {
      const told = mine.includes(button.dataset.id) ? link.dataset.kept : link.dataset.keep;
      if (words.textContent !== told) words.textContent = told;
    }
  };
  const listen = () => toggles.forEach(([button, words, href]) => {
    button.addEventListener("click", () => {
      const mine = read();
      const id = button.dataset.id;
      if (!mine.includes(id) && mine.length >= MOST) {
        words.textContent = link.dataset.full;
        return;
      }
      if (write(mine.includes(id) ? mine.filter((one) => one !== id) : [...mine, id])) draw();
      else location.href = href;
    });
  });
  const begin = () => {
    toggles = found();
    listen();
    draw();
  };
  document.addEventListener("tf:answers", begin); // results.js has put other trials into the page
  addEventListener("pageshow", draw);
  addEventListener("storage", draw);
  begin();

  const list = document.querySelector("[data-list]");
  if (!list) return;
  if (!location.search && read().length) location.replace(address(read()));
  const shown = [...list.querySelectorAll("[data-id]")].map((row) => row.dataset.id);
  const show = (name, when, act) => {
    const button = list.querySelector(`[${name}]`);
    button.hidden = !when;
    button.addEventListener("click", act);
  };
  show("data-keep-all", shown.some((id) => !read().includes(id)), (event) => {
    write([...new Set([...read(), ...shown])].slice(0, MOST));
    event.target.hidden = true;
    draw();
  });
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("tf-"));
  try {
    show("data-wipe-all", kept().length, async () => {
      for (const key of kept()) localStorage.removeItem(key);
      await globalThis.caches?.delete("tf-pages").catch(() => false);
      location.href = home;
    });
  } catch {
    // no storage on this device: nothing to wipe
  }
  for (const off of list.querySelectorAll("a[data-take-off]")) {
    off.addEventListener("click", () => write(read().filter((id) => id !== off.dataset.takeOff)));
  }
})();
