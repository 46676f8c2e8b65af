// Answers stay in this tab, nothing here sends them. The trials come from an address that is the same for
// everybody, with the verdict on every possible answer; this only looks it up.
const KEY = "tf-match";
const one = (part, name) => part.querySelector(name);
const all = (part, name) => [...part.querySelectorAll(name)];
const form = one(document, "[data-match]");
const results = one(document, "[data-results]");
const holder = one(results, "[data-open]");
const news = one(results, "[role=status]");
const steps = all(form, "[data-step]");
let at = 0; // the question shown; after the last one, the trials
let cards = [];

// The place of an answer in its list; 0 for none.
const place = (field) => {
  const age = one(field, "[type=number]");
  const select = one(field, "select");
  if (!select) return Number(one(field, ":checked")?.dataset.place ?? 0);
  if (!age) return select.selectedIndex;
  const valid = age.value && age.checkValidity();
  return valid ? 1 + Number(age.value) + Number(select.selectedOptions[0].dataset.from) : 0;
};

// A browser may keep nothing.
const memory = (use) => {
  try {
    use(sessionStorage);
  } catch {}
};
const controls = (part) => all(part, "input:not([type=hidden]), select");
const of = (box) => (box.type === "radio" ? "checked" : "value");
const keep = (kept) => kept.setItem(KEY, JSON.stringify([at, ...controls(form).map((box) => box[of(box)])]));
const restore = (kept) => {
  const [shown, ...answers] = JSON.parse(kept.getItem(KEY));
  controls(form).forEach((box, i) => (box[of(box)] = answers[i]));
  at = shown;
};

const sort = () => {
  const { patterns, names } = holder.firstElementChild.dataset;
  const letters = patterns.split("|").map((field) => field.split(" "));
  const given = [...all(form, "[data-field]").map(place), 0];
  for (const card of cards) {
    const found = card.dataset.row.split(" ").map((row, i) => letters[i][row][given[i]] ?? "a");
    const worst = ["d", "a"].find((letter) => found.includes(letter)) ?? "f";
    for (const line of all(card, "[data-line]")) line.hidden = found[line.dataset.line] !== worst;
    const ask = one(card, "[data-ask]");
    ask.hidden = worst !== "a";
    ask.lastElementChild.textContent = names.split("|").filter((_, i) => found[i] === "a").join(", ");
    one(holder, `[data-letter=${worst}] > ul`).append(card);
  }
  for (const group of all(holder, "[data-letter]")) {
    const number = one(group, "ul").childElementCount;
    group.hidden = !number;
    one(group, "[data-count]").textContent = number;
  }
};
const open = async () => {
  try {
    if (!cards.length) {
      news.textContent = news.dataset.loading;
      const answer = await fetch(results.dataset.results, { credentials: "omit" });
      if (!answer.ok) throw answer;
      holder.innerHTML = await answer.text();
      cards = all(holder, "[data-row]");
    }
    sort();
    news.textContent = "";
  } catch {
    news.textContent = news.dataset.failed;
  }
};

const show = () => {
  const step = steps[at];
  form.hidden = !step;
  results.hidden = !!step;
  steps.forEach((other) => (other.hidden = other !== step));
  if (!step) open();
};
const go = (number) => {
  at = number;
  memory(keep);
  show();
  one(steps[at] ?? results, "h2").focus();
};
const next = () => {
  const age = one(steps[at], "[type=number]");
  if (!age || age.reportValidity()) go(at + 1);
};
const skip = () => {
  for (const box of controls(steps[at])) {
    if (box.type === "radio") box.checked = !box.value;
    else box.value = box.options?.[0].value ?? "";
  }
  next();
};
const wipe = () => {
  form.reset();
  go(0);
  memory((kept) => kept.removeItem(KEY));
};

const actions = { back: () => go(at - 1), next, skip, change: () => go(0), wipe };
document.addEventListener("click", ({ target }) => actions[target.dataset.do]?.());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (document.activeElement.type === "number") next();
  else go(steps.length);
});
for (const part of all(document, "[data-scripted]")) part.hidden = false;
memory(restore);
show();
