// The answers stay in this tab: nothing here sends them. The trials come from an address that is the same for
// everybody, with the verdict of every possible answer on each; this only looks the verdicts up.
(() => {
  const KEY = "tf-match";
  const one = (part, name) => part.querySelector(name);
  const all = (part, name) => [...part.querySelectorAll(name)];
  const form = one(document, "[data-match]");
  const results = one(document, "[data-results]");
  const holder = one(results, "[data-list]");
  const told = one(results, "[role=status]");
  const steps = all(form, "[data-step]");
  let at = 0;
  let cards = [];

  // The place of a field's answer in its list; 0 where there is none.
  const place = (field) => {
    const age = one(field, "[type=number]");
    const select = one(field, "select");
    if (!select) return Number(one(field, ":checked")?.dataset.place ?? 0);
    if (!age) return select.selectedIndex;
    if (age.value === "" || !age.checkValidity()) return 0;
    return 1 + Number(age.value) + Number(select.selectedOptions[0].dataset.from);
  };

  // A browser may keep nothing, or hold what cannot be read: then answers last until the page is left.
  const memory = (use) => {
    try {
      use(sessionStorage);
    } catch {}
  };
  const controls = (part) => all(part, "input:not([type=hidden]), select");
  const of = (box) => (box.type === "radio" ? "checked" : "value");
  const keep = () => {
    const answers = controls(form).map((box) => box[of(box)]);
    memory((kept) => kept.setItem(KEY, JSON.stringify(answers)));
  };
  const restore = (kept) => {
    const answers = JSON.parse(kept.getItem(KEY));
    controls(form).forEach((box, i) => (box[of(box)] = answers[i]));
  };
  const clear = (part) => {
    for (const box of controls(part)) {
      if (box.type === "radio") box.checked = !box.value;
      else if (box.type === "number") box.value = "";
      else box.selectedIndex = 0;
    }
  };

  const show = (number) => {
    at = number;
    form.hidden = false;
    results.hidden = true;
    steps.forEach((step, i) => (step.hidden = i !== at));
    one(steps[at], "[data-back]").hidden = !at;
  };
  const go = (number) => {
    show(number);
    one(steps[at], "h2").focus();
  };
  const sort = () => {
    const { patterns, names } = holder.firstElementChild.dataset;
    const letters = patterns.split(" ");
    const given = [...all(form, "[data-field]").map(place), 0];
    for (const card of cards) {
      const found = card.dataset.row.split(" ").map((row, i) => letters[row][given[i]] ?? "a");
      const worst = ["d", "a"].find((letter) => found.includes(letter));
      for (const line of all(card, "[data-line]")) line.hidden = found[line.dataset.line] !== worst;
      const ask = one(card, "[data-ask]");
      ask.hidden = worst !== "a";
      const words = names.split("|").filter((_, i) => found[i] === "a");
      ask.lastElementChild.textContent = words.join(", ");
      one(holder, `[data-letter="${worst ?? "f"}"] > ul`).append(card);
    }
    for (const group of all(holder, "[data-letter]")) {
      const number = one(group, "ul").childElementCount;
      group.hidden = !number;
      one(group, "[data-count]").textContent = number;
    }
  };
  const open = async () => {
    keep();
    form.hidden = true;
    results.hidden = false;
    one(results, "[data-change]").focus();
    try {
      if (!cards.length) {
        told.textContent = told.dataset.loading;
        const answer = await fetch(results.dataset.results, { credentials: "omit" });
        if (!answer.ok) throw new Error();
        holder.innerHTML = await answer.text();
        cards = all(holder, "[data-row]");
      }
      sort();
      told.textContent = "";
    } catch {
      told.textContent = told.dataset.failed;
    }
  };
  const next = () => {
    const age = one(steps[at], "[type=number]");
    if (age && !age.reportValidity()) return;
    keep();
    if (at < steps.length - 1) go(at + 1);
    else open();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (document.activeElement.type === "number") next();
    else open();
  });
  const click = (part, name, action) => one(part, name).addEventListener("click", action);
  for (const step of steps) {
    click(step, "[data-back]", () => go(at - 1));
    click(step, "[data-next]", next);
    click(step, "[data-skip]", () => {
      clear(step);
      next();
    });
  }
  click(results, "[data-change]", () => go(0));
  click(results, "[data-wipe]", () => {
    clear(form);
    memory((kept) => kept.removeItem(KEY));
    go(0);
  });
  for (const part of all(document, "[data-scripted]")) part.hidden = false;
  memory(restore);
  show(0);
})();
