// Filters answer at once. The page works without this file: "Show trials" asks for the same address.
(() => {
  "use strict";
  const form = document.querySelector("form.filters");
  const told = document.getElementById("told");
  let asking = null;

  function address() {
    const asked = [...new FormData(form)].filter(([, value]) => value.trim());
    return `${form.action}?${new URLSearchParams(asked)}`;
  }

  // The form stays as it is, so that focus and open folds stay; only its numbers are new.
  function recount(page) {
    const counts = new Map();
    for (const box of page.querySelectorAll(".options input")) {
      counts.set(`${box.name}=${box.value}`, box.parentElement.querySelector(".count")?.textContent);
    }
    for (const box of form.querySelectorAll(".options input")) {
      const count = box.parentElement.querySelector(".count");
      if (count) count.textContent = counts.get(`${box.name}=${box.value}`) ?? "0";
    }
  }

  // Its button names how many trials wait behind the open filters.
  function rename(page) {
    const fresh = page.querySelector("[data-show]");
    if (fresh) form.querySelector("[data-show]").textContent = fresh.textContent;
    const summary = page.querySelector(".filter-fold > summary");
    if (summary) form.querySelector(".filter-fold > summary").textContent = summary.textContent;
  }

  function put(page) {
    const answers = document.getElementById("answers");
    const fresh = page.getElementById("answers");
    if (!fresh) return false;
    answers.replaceWith(fresh);
    recount(page);
    rename(page);
    document.title = page.title;
    for (const language of document.querySelectorAll(".site-header [hreflang]")) {
      const there = page.querySelector(`.site-header [hreflang="${language.hreflang}"]`);
      language.href = there.getAttribute("href");
    }
    document.dispatchEvent(new Event("tf:answers"));
    told.textContent = fresh.querySelector("h1").textContent.trim();
    return true;
  }

  async function ask() {
    const next = address();
    asking?.abort();
    asking = new AbortController();
    document.getElementById("answers").setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(next, { signal: asking.signal });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      if (!reply.ok || !put(page)) location.assign(next);
      else history.pushState(null, "", next);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(next);
    }
  }

  form.addEventListener("change", (event) => {
    if (event.target.name !== "q") ask();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(address());
  });
  addEventListener("popstate", () => location.reload());
})();
