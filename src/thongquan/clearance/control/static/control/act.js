// The act at the yard: what is typed is kept on the device at once and sent when there is a network, each thing once.
import { forget, keep, kept } from "./act-store.js";

const root = document.getElementById("act");
const words = root.dataset;
const act = Number(words.act);
const state = document.getElementById("act-state");
const RETRY_MS = 10_000;
let row = Date.now();
let working = false;
let sentAt = "";
let problem = "";

document.querySelectorAll("form[data-keep]").forEach(takeOver);
document.getElementById("act-photos")?.addEventListener("change", keepPhotos);
document.querySelectorAll(".ck-sign-link").forEach((link) => link.addEventListener("click", holdBack));
window.addEventListener("online", send);
window.addEventListener("offline", tell);
setInterval(send, RETRY_MS);
root.classList.add("is-kept");
await putBack();
await send();
stayAtHand();

function takeOver(form) {
  let waiting;
  const now = () => { clearTimeout(waiting); return keepForm(form); };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    await now();
    if (form.dataset.keep === "finding") added(form);
    await send();
  });
  if (form.dataset.keep === "finding") return;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => now().then(send), 600); });
  form.addEventListener("change", () => now().then(send));
}

// One entry for each line and for the place, as long as nobody tried to send it; findings and pictures each their own.
async function keepForm(form) {
  const said = saidBy(form);
  if (!said) return;
  const target = form.dataset.keep === "finding" ? "" : form.dataset.target;
  const waiting = target ? (await mine()).find((one) => one.target === target && !one.tried) : null;
  await keep({
    key: waiting?.key ?? crypto.randomUUID(), officer: words.officer, act, place_in_row: waiting?.place_in_row ?? row++,
    kind: form.dataset.keep, target, said, version: Number(words.version), seen: form.dataset.seen ?? "",
    typed_at: new Date().toISOString(), tried: false, problem: "", theirs: null,
  });
  await tell();
}

function saidBy(form) {
  const given = Object.fromEntries(new FormData(form));
  delete given.csrfmiddlewaretoken;
  if (form.dataset.keep === "place") return given;
  given.line = Number(given.line);
  if (form.dataset.keep === "finding") return given;
  if (!given.agrees) return null;
  given.agrees = given.agrees === "yes";
  for (const name of ["quantity", "net_weight_kg", "gross_weight_kg", "packages"]) given[name] ||= null;
  if (given.packages) given.packages = Number(given.packages);
  return given;
}

async function keepPhotos(event) {
  for (const file of event.target.files) {
    await keep({
      key: crypto.randomUUID(), officer: words.officer, act, place_in_row: row++, kind: "photo", target: "", file,
      name: file.name, typed_at: new Date().toISOString(), tried: false, problem: "", theirs: null,
    });
  }
  event.target.value = "";
  await tell();
  await send();
}

function mine() {
  return kept(words.officer, act);
}

// In their order, one after the other: the answer to one tells what the act says when the next is written.
async function send() {
  if (working || !navigator.onLine) return tell();
  working = true;
  try {
    for (let next = await first(); next; next = await first()) {
      await tell();
      await keep({ ...next, tried: true });
      await answered(next, await posted(next));
    }
    problem = "";
  } catch (error) {
    problem = error.told ?? "";
  } finally {
    working = false;
    await tell();
  }
}

async function first() {
  return (await mine()).find((one) => !one.problem);
}

async function posted(entry) {
  const isPhoto = entry.kind === "photo";
  const answer = await fetch(isPhoto ? words.photo : words.kept, {
    method: "POST",
    headers: { "X-CSRFToken": token(), ...(isPhoto ? {} : { "Content-Type": "application/json" }) },
    body: isPhoto ? formOf(entry) : JSON.stringify({ act, entries: [bodyOf(entry)] }),
  });
  if (answer.redirected || [401, 403].includes(answer.status)) throw Object.assign(new Error(), { told: words.signIn });
  if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
  return answer.json();
}

function token() {
  return document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function bodyOf({ key, kind, said, version, seen, typed_at }) {
  return { key, version, seen, typed_at, [kind]: said };
}

function formOf(entry) {
  const form = new FormData();
  for (const name of ["key", "typed_at"]) form.append(name, entry[name]);
  form.append("act", act);
  form.append("file", entry.file, entry.name);
  return form;
}

async function answered(entry, { at, answers, faults }) {
  const said = answers?.[0] ?? { state: "refused", faults };
  if (said.state === "sent") {
    sentAt = at;
    await forget(entry.key);
    await seenAnew(entry.target, said.seen);
    show(entry, `${words.sent} ${at}`, "is-sent");
    return;
  }
  const told = (said.faults ?? []).map((fault) => `${fault.message} ${fault.remedy}`).join(" ");
  await keep({ ...entry, tried: true, problem: told || words.refused, theirs: said.theirs ?? null, by: said.by ?? "", now: said.seen });
}

// What waits for the same place was typed knowing what was just sent.
async function seenAnew(target, seen) {
  if (!target) return;
  document.querySelector(`form[data-target="${target}"]`).dataset.seen = seen;
  for (const one of await mine()) if (one.target === target) await keep({ ...one, seen });
}

async function tell() {
  const waiting = await mine();
  const odd = waiting.filter((one) => one.problem);
  waiting.forEach(showWaiting);
  state.classList.toggle("is-odd", odd.length > 0);
  state.classList.toggle("is-waiting", waiting.length > 0);
  state.textContent = odd.length ? `${words.odd} (${odd.length})`
    : waiting.length ? `${words.waiting} (${waiting.length})${problem ? ` · ${problem}` : navigator.onLine ? "" : ` · ${words.offline}`}`
    : sentAt ? `${words.sent} ${sentAt}` : navigator.onLine ? words.ready : words.offline;
  document.querySelectorAll(".ck-sign-link").forEach((link) => link.setAttribute("aria-disabled", String(waiting.length > 0)));
  document.getElementById("act-waiting")?.replaceChildren(...waiting.filter((one) => !one.target).map(listed));
}

function listed(one) {
  const item = document.createElement("li");
  const text = one.kind === "photo" ? one.name : `${one.said.line} · ${kindWord(one.said.kind)}: ${one.said.found} ${one.said.unit}`;
  item.append(text, " · ", one.problem || words.here, " ", button(words.drop, () => discard(one), "btn btn-link"));
  return item;
}

function kindWord(kind) {
  return document.querySelector(`option[value="${kind}"]`)?.textContent ?? kind;
}

function showWaiting(one) {
  const clock = new Date(one.typed_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  show(one, `${words.here} ${clock}`, "is-here");
  if (!one.problem || !one.target) return;
  const box = document.getElementById(`saved-${one.target}`);
  const theirs = one.theirs ? ` ${words.theirs}${one.by ? ` (${one.by})` : ""}: ${shown(one.theirs)}.` : "";
  const text = Object.assign(document.createElement("span"), { className: "ck-refused", textContent: `${one.problem}${theirs}` });
  box.replaceChildren(text, button(words.mine, () => insist(one)), " ", button(words.take, () => discard(one, true)));
}

function shown(values) {
  const told = Object.entries(values).filter(([name, value]) => !["line", "unit"].includes(name) && ![null, ""].includes(value));
  return told.map(([name, value]) => (name === "agrees" ? (value ? words.agrees : words.differs) : `${words[name] ?? name} ${value}`)).join(", ") || "–";
}

function show(entry, text, className) {
  const box = entry.target && document.getElementById(`saved-${entry.target}`);
  if (box) box.replaceChildren(Object.assign(document.createElement("span"), { className: `ck-kept ${className}`, textContent: text }));
}

function button(text, act, className = "btn btn-outline") {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: text });
  made.addEventListener("click", act);
  return made;
}

// The officer looked at both and stays with their own: a new entry that knows what the act says.
async function insist(one) {
  await forget(one.key);
  await keep({ ...one, key: crypto.randomUUID(), seen: one.now ?? one.seen, version: Number(words.version), problem: "", theirs: null, tried: false });
  await send();
}

async function discard(one, reload = false) {
  await forget(one.key);
  if (reload && navigator.onLine) location.reload();
  else await tell();
}

function added(form) {
  form.reset();
  form.closest("details").open = false;
}

// After the page was opened again: the fields show what was typed, not what the server had.
async function putBack() {
  for (const one of await mine()) {
    const form = one.target && document.querySelector(`form[data-target="${one.target}"]`);
    if (!form) continue;
    for (const [name, value] of Object.entries(one.said)) fill(form, name, value);
  }
  await tell();
}

function fill(form, name, value) {
  const field = form.elements[name];
  if (name === "agrees") form.querySelector(`[name=agrees][value=${value ? "yes" : "no"}]`).checked = true;
  else if (field) field.value = value ?? "";
}

function holdBack(event) {
  if (event.currentTarget.getAttribute("aria-disabled") !== "true" && navigator.onLine) return;
  event.preventDefault();
  state.textContent = words.sign;
  state.classList.add("is-odd");
  state.scrollIntoView({ block: "center" });
}

// The page and all it is made of stay on the device, so that it opens again without network.
async function stayAtHand() {
  if (!("serviceWorker" in navigator) || !("caches" in globalThis)) return;
  try {
    await navigator.serviceWorker.register(words.worker, { scope: "/control/" });
    const cache = await caches.open("tq-acts-1");
    const parts = performance.getEntriesByType("resource").map((one) => one.name.split("#")[0]);
    const ours = parts.filter((url) => new URL(url).origin === location.origin && new URL(url).pathname.startsWith(words.static));
    await cache.addAll([...new Set([location.pathname, ...ours])]);
    root.classList.add("is-at-hand");
  } catch {
    // Without a worker everything typed is kept all the same; only the page does not open again without network.
  }
}
