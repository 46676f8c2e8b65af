// Answers to a trial's check list stay in this device's storage. Nothing here sends anything.
(() => {
  const MOST = 5;
  const root = document.querySelector("[data-check]");
  const key = `tf-check:${root.dataset.check}`;
  const points = [...root.querySelectorAll("[data-point]")];
  let answers = {};

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      answers = kept && typeof kept === "object" ? kept : {};
    } catch {
      answers = {};
    }
  };
  const write = () => {
    try {
      localStorage.setItem(key, JSON.stringify(answers));
    } catch {
      // a device that keeps nothing: the ticks stay until the page is left
    }
  };
  const boxes = (point) => [...point.querySelectorAll("[data-answer]")];
  const draw = () => {
    for (const point of points) {
      for (const box of boxes(point)) box.checked = answers[point.dataset.point] === box.dataset.answer;
    }
    const unsure = points.filter((point) => answers[point.dataset.point] === "unsure");
    const section = root.querySelector("[data-unsure]");
    if (!section) return;
    for (const point of points) point.hidden = !unsure.slice(0, MOST).includes(point);
    section.hidden = !unsure.length;
    section.querySelector("[data-more]").hidden = unsure.length <= MOST;
  };
  for (const point of points) {
    for (const box of boxes(point)) {
      box.addEventListener("change", () => {
        if (box.checked) answers[point.dataset.point] = box.dataset.answer;
        else delete answers[point.dataset.point];
        write();
        draw();
      });
    }
  }
  const wipe = document.querySelector("[data-wipe]");
  if (wipe) {
    wipe.hidden = false;
    wipe.addEventListener("click", () => {
      try {
        localStorage.removeItem(key);
      } catch {
        // nothing was kept
      }
      answers = {};
      draw();
      wipe.textContent = wipe.dataset.wiped;
    });
  }
  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  addEventListener("pageshow", () => {
    read();
    draw();
  });
  read();
  draw();
})();
