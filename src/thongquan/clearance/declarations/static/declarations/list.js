// j and k walk through the rows; Enter opens the one that is focused.
const rows = () => [...document.querySelectorAll(".dc-list tbody tr")];
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key !== "j" && event.key !== "k") return;
  const all = rows();
  const here = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const goal = all[event.key === "j" ? Math.min(here + 1, all.length - 1) : Math.max(here - 1, 0)];
  if (!goal) return;
  event.preventDefault();
  all[here]?.removeAttribute("aria-selected");
  goal.setAttribute("aria-selected", "true");
  goal.querySelector("a").focus();
});
document.addEventListener("click", (event) => {
  const row = event.target.closest(".dc-list tbody tr");
  if (row && !event.target.closest("a, button") && !getSelection().toString()) location.href = row.dataset.href;
});
