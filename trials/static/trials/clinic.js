// "/" goes to the search box, addresses stay short, a button copies a note. All works without.
document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[aria-keyshortcuts='/']");
  const writing = event.target.closest("input, select, textarea");
  if (event.key !== "/" || !box || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.select();
});
document.querySelector(".clinic-form")?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
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
