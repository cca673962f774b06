// A queue by keyboard: j and k walk, Enter opens, x chooses (with Shift a range), f filters, [ and ] change the queue.
const rows = () => [...document.querySelectorAll(".dc-list tbody tr")];
const picks = () => [...document.querySelectorAll(".dc-list tbody .dc-pick input")];
const here = () => rows().findIndex((row) => row.getAttribute("aria-selected") === "true");
let last = -1;

function go(place) {
  const all = rows(), goal = all[Math.max(0, Math.min(place, all.length - 1))];
  if (!goal) return;
  all[here()]?.removeAttribute("aria-selected");
  goal.setAttribute("aria-selected", "true");
  goal.querySelector("a").focus();
  goal.scrollIntoView({ block: "nearest" });
}

function told() {
  const out = document.getElementById("picked");
  if (!out) return;
  const count = picks().filter((one) => one.checked).length;
  out.textContent = count ? `${count} ${out.dataset.some}` : out.dataset.none;
  for (const button of document.querySelectorAll(".dc-acts button")) button.disabled = !count;
  const all = document.getElementById("pick-all");
  all.checked = count > 0 && count === picks().length;
  all.indeterminate = count > 0 && !all.checked;
}

function pick(place, on, range) {
  const all = picks();
  if (!all[place]) return;
  const [from, to] = range && last >= 0 ? [Math.min(last, place), Math.max(last, place)] : [place, place];
  for (let one = from; one <= to; one += 1) all[one].checked = on;
  last = place;
  told();
}

function change(by) {
  const tabs = [...document.querySelectorAll(".dc-tabs a")];
  const place = tabs.findIndex((tab) => tab.hasAttribute("aria-current"));
  tabs[place + by]?.click();
}

function openFilters() {
  const fold = document.querySelector(".dc-filters details");
  if (!fold) return;
  fold.open = true;
  fold.querySelector("select, input").focus();
}

function again() {
  const form = document.getElementById("again"), box = picks()[here()];
  if (!form || !box) return;
  form.elements.copy.value = box.value;
  form.submit();
}

const keys = {
  l: again,
  j: () => go(here() + 1),
  k: () => go(here() - 1),
  x: () => pick(here(), !picks()[here()]?.checked, false),
  X: () => pick(here(), true, true),
  f: openFilters,
  "[": () => change(-1),
  "]": () => change(1),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
  const act = keys[event.key];
  if (!act || !document.querySelector(".dc-list, .dc-tabs")) return;
  event.preventDefault();
  act();
});
document.addEventListener("click", (event) => {
  const box = event.target.closest(".dc-pick input");
  if (box?.id === "pick-all") {
    for (const one of picks()) one.checked = box.checked;
    told();
  } else if (box) pick(picks().indexOf(box), box.checked, event.shiftKey);
  const row = event.target.closest(".dc-list tbody tr");
  if (row && !event.target.closest("a, button, input, .dc-pick") && !getSelection().toString()) location.href = row.dataset.href;
});
addEventListener("pageshow", told);
const all = document.getElementById("pick-all");
if (all) all.hidden = false;
told();
