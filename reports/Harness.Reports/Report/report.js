// Copies the line that replays a trial. Without a script the buttons stay hidden, and the line can be selected.
for (const button of document.querySelectorAll("button.copy")) {
  const line = button.parentElement.querySelector("code");
  button.setAttribute("aria-label", "Copy: " + line.textContent);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(line.textContent);
      button.textContent = "Copied";
    } catch {
      // No permission: the line is selected, so that the reader's own copy key does it.
      getSelection().selectAllChildren(line);
      button.textContent = "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}
