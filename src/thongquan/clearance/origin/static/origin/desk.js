// Side by side by keyboard: c checks, a accepts, d doubts; where words are needed their field opens first, n and u walk.
const isTyping = (target) => target.closest("input, textarea, select, dialog, [contenteditable]") !== null;

function take(step) {
  const form = step.matches("form") ? step : step.querySelector("form");
  if (step.matches("details") && !step.open) step.open = true;
  const words = form.querySelector("textarea");
  if (step.hasAttribute("data-asks") && !words.value.trim()) {
    words.focus();
    words.scrollIntoView({ block: "center" });
    return;
  }
  form.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  const step = document.querySelector(`[data-step="${CSS.escape(event.key)}"]`);
  const link = document.querySelector(`.dc-queue [data-key="${CSS.escape(event.key)}"]`);
  if (!step && !link) return;
  event.preventDefault();
  if (step) take(step);
  else link.click();
});
