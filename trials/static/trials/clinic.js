// "/" goes to the search box, and a button copies a note. Both work without: by Tab, and by hand.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[aria-keyshortcuts='/']");
  const written = event.target.closest("input, select, textarea");
  if (event.key !== "/" || !box || written || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.focus();
  box.select();
});
for (const button of document.querySelectorAll("[data-copy-note]")) {
  const note = document.getElementById(button.dataset.copyNote);
  button.hidden = false;
  button.addEventListener("click", async () => {
    note.select();
    try {
      await navigator.clipboard.writeText(note.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
  });
}
