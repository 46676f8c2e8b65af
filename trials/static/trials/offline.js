// Pages that stay readable without a network (worker.js). The site works without this file.
(() => {
  const { worker, home } = document.currentScript.dataset;
  const workers = navigator.serviceWorker;
  if (!workers) return;
  let seen = workers.controller ? "" : location.href; // a page from before the worker

  const mine = () => {
    const pages = [`${home}offline/`, `${home}car-t/`];
    try {
      const ids = JSON.parse(localStorage.getItem("tf-list")) ?? [];
      const paths = ids.map((id) => encodeURIComponent(id).replaceAll("%2F", "/"));
      if (paths.length && !navigator.connection?.saveData) {
        const trials = paths.map((path) => `${home}trials/${path}/`);
        const list = `${home}shortlist/?id=${paths.join("&id=")}`;
        pages.push(list, ...trials, ...trials.map((path) => `${path}sheet/`));
      }
    } catch {
      // no list, or a damaged one
    }
    return pages.slice(0, 34); // leaves room for the pages seen last
  };
  const ask = async () => {
    try {
      await workers.register(worker, { updateViaCache: "none" });
      (await workers.ready).active.postMessage({ seen, mine: mine() });
      seen = "";
    } catch {
      // a private window, or no room
    }
  };
  addEventListener("load", () => setTimeout(ask, 500));
  addEventListener("tf:list", ask);
})();
