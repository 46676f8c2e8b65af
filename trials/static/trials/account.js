// Copies the secret of a second factor or the recovery codes, and prints them.
for (const button of document.querySelectorAll("[data-copy-text]")) {
  const source = document.getElementById(button.dataset.copyText);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.innerText.trim());
    button.textContent = button.dataset.copied;
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
