// "Listen": a voice of this device, never one from a network, reads a part of the page.
(() => {
  const speech = globalThis.speechSynthesis;
  const { listen } = document.currentScript.dataset;
  let said = [];
  let pressed;
  const voiceFor = (part) => speech.getVoices().find((voice) =>
    voice.localService && voice.lang.slice(0, 2) === part.closest("[lang]").lang.slice(0, 2));
  const press = (button) => {
    pressed?.setAttribute("aria-pressed", false);
    pressed = button;
    button?.setAttribute("aria-pressed", true);
  };

  // A piece for each text in its own language, without the numbers of sources.
  const pieces = (part) => {
    const found = [];
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement: within } = texts.currentNode;
      const voice = voiceFor(within);
      if (!data.trim() || !voice || within.closest("sup")) continue;
      found.push(Object.assign(new SpeechSynthesisUtterance(data), { voice, lang: voice.lang }));
    }
    return found;
  };
  const read = (button, part) => {
    speech.cancel();
    said = pressed === button ? [] : pieces(part);
    press(said.length ? button : null);
    const last = said.at(-1);
    if (last) last.onend = () => said.includes(last) && press();
    said.forEach((piece) => speech.speak(piece));
  };
  const draw = () => {
    for (const part of document.querySelectorAll("[data-read]")) {
      if (!voiceFor(part)) continue;
      const button = document.createElement("button");
      button.className = "button button-quiet";
      button.type = "button";
      button.textContent = listen;
      button.setAttribute("aria-pressed", false);
      button.setAttribute("aria-label", `${listen}: ${part.dataset.read}`);
      button.onclick = () => read(button, part);
      delete part.dataset.read;
      part.before(button);
    }
  };
  if (!speech) return;
  speech.onvoiceschanged = draw;
  addEventListener("pagehide", () => speech.cancel());
  draw();
})();
