// The form of a declaration: saved as typed, lines as a table, codes found by words. Without it the form still works.
import { attachCodes } from "./codes.js";
import { attachLines } from "./lines.js";

const form = document.getElementById("draft");
const saver = document.getElementById("saver");
const saved = document.getElementById("saved");
const copyKey = `tq-draft-${form.dataset.person}-${form.dataset.draft}`;
const LODGED = "tq-lodged";
const PAUSE = 700;
let revision = 0;
let kept = 0;
let sent = 0;
let timer = 0;
let leaving = false;

const lines = attachLines(form, changed);
attachCodes(form);

function typed() {
  return [...new FormData(form)].filter(([name, value]) =>
    value !== "" && !["csrfmiddlewaretoken", "language"].includes(name) && typeof value === "string");
}

function keepCopy() {
  try {
    localStorage.setItem(copyKey, JSON.stringify({ at: new Date().toISOString(), rows: lines.count(), values: typed() }));
  } catch { /* a full or closed store: the server's copy remains */ }
}

function dropCopy() {
  try { localStorage.removeItem(copyKey); } catch { /* nothing kept */ }
}

function changed() {
  revision += 1;
  keepCopy();
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

function save() {
  clearTimeout(timer);
  sent = revision;
  htmx.trigger(saver, "tq-save");
}

saver.addEventListener("htmx:afterRequest", (event) => {
  const { successful, xhr } = event.detail;
  const login = xhr.responseURL && !xhr.responseURL.endsWith(form.dataset.save);
  if (successful && !login) {
    kept = sent;
    document.getElementById("signed-out").hidden = true;
    if (kept === revision) dropCopy();
  } else if (login || xhr.status === 401 || xhr.status === 403) {
    document.getElementById("signed-out").hidden = false;
  } else {
    saved.textContent = form.dataset.kept;
    timer = setTimeout(save, 10 * PAUSE);
  }
});
saver.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.endsWith(form.dataset.save)) event.detail.shouldSwap = false;
});

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", (event) => {
  if (event.submitter?.name === "rows") return;
  leaving = true;
  clearTimeout(timer);
  keepCopy();
  sessionStorage.setItem(LODGED, copyKey);
});

addEventListener("pagehide", () => {
  if (leaving || kept === revision) return;
  const body = new URLSearchParams(typed());
  for (const name of ["csrfmiddlewaretoken", "language"]) body.set(name, form.elements[name].value);
  navigator.sendBeacon(form.dataset.save, body);
});

// What this browser kept and the server never got is put back; what the server has later is left alone.
function restore() {
  let copy = null;
  try { copy = JSON.parse(localStorage.getItem(copyKey)); } catch { /* not ours */ }
  sessionStorage.removeItem(LODGED);
  if (!copy) return;
  if (new Date(copy.at) <= new Date(form.dataset.saved)) { dropCopy(); return; }
  const values = new Map(copy.values);
  lines.setCount(copy.rows);
  let differs = false;
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.tagName === "BUTTON") continue;
    const value = values.get(field.name) ?? "";
    if (field.value !== value) { field.value = value; differs = true; }
  }
  if (!differs) { dropCopy(); return; }
  document.getElementById("restored").hidden = false;
  lines.refresh();
  changed();
}
document.getElementById("drop-copy").addEventListener("click", () => {
  leaving = true;
  dropCopy();
  location.reload();
});

// Faults of a check: each is shown at its field as well as in the summary.
function unmark() {
  for (const note of form.querySelectorAll(".tq-field-error, .dc-cell-fault")) note.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const place of form.querySelectorAll(".has-error")) place.classList.remove("has-error");
}
function mark(item) {
  const field = document.getElementById(item.dataset.anchor);
  if (!field || item.dataset.severity !== "error" || field.id === "lines") return;
  const place = field.closest("td, .tq-field");
  const note = document.createElement("div");
  note.className = place.tagName === "TD" ? "dc-cell-fault" : "tq-field-error";
  note.textContent = item.querySelector("a").textContent;
  note.id = `${field.id}-error`;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", note.id);
  place.classList.add("has-error");
  place.append(note);
  const folded = field.closest("details");
  if (folded) folded.open = true;
}
const outcome = document.getElementById("outcome");
outcome.addEventListener("htmx:afterSettle", () => {
  unmark();
  outcome.querySelectorAll("[data-anchor]").forEach(mark);
  const first = outcome.querySelector("#fault-summary, .dc-tried");
  first?.focus();
  first?.scrollIntoView({ block: "start" });
});
outcome.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.focus();
  field.scrollIntoView({ block: "center" });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.getElementById("check").click();
  } else if (event.key === "Enter" && event.target.matches("#draft input")) {
    event.preventDefault();
  }
});
restore();
