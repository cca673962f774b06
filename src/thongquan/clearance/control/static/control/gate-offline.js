// A gate without network: slips are judged by the public key, uses are kept on the device and uploaded later.
import "./gate.js";
import { canVerify, plainPlate, readSlip } from "./slips.js";

const KEPT = "tq-slip-uses";
const words = document.getElementById("offline").dataset;
const keys = JSON.parse(document.getElementById("slip-keys").textContent);
const verdict = document.getElementById("verdict");
const form = document.getElementById("judge");

navigator.serviceWorker?.register(words.worker).catch(() => {});
if (!(await canVerify())) show(false, "", words.unable);
list();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { code, plate, gate } = Object.fromEntries(new FormData(form));
  const at = new Date();
  const reason = await reasonToHold(code, plate, gate, at);
  if (!reason) keep([...kept(), { code: code.trim(), plate, gate, shown_at: at.toISOString() }]);
  show(!reason, plate, reason);
  if (!reason) {
    form.code.value = form.plate.value = "";
    form.code.focus();
  }
});

document.getElementById("upload").addEventListener("click", upload);

async function reasonToHold(code, plate, gate, at) {
  const { slip, fault } = await readSlip(code, keys);
  if (fault) return fault === "forged" ? words.forged : words.none;
  if (slip.realm !== words.realm) return words.none;
  if (plainPlate(slip.plate) !== plainPlate(plate)) return `${words.plate} ${slip.plate}`;
  if (slip.gate !== gate) return `${words.gate} ${slip.gate}`;
  if (at < slip.from || at >= slip.until) return `${words.hours} ${told(slip.from)} – ${told(slip.until)}`;
  for (const use of kept()) {
    const before = await readSlip(use.code, keys);
    if (before.slip?.serial === slip.serial) return `${words.twice} ${told(new Date(use.shown_at))}`;
  }
  return "";
}

function told(at) {
  return at.toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
}

function show(passed, plate, reason) {
  verdict.hidden = false;
  verdict.className = `cr-verdict ${passed ? "is-pass" : "is-hold"}`;
  verdict.querySelector(".cr-word").textContent = passed ? words.go : words.hold;
  verdict.querySelector(".cr-plate").textContent = plate;
  verdict.querySelector(".cr-why").textContent = reason;
  verdict.scrollIntoView({ block: "start" });
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

function keep(uses) {
  localStorage.setItem(KEPT, JSON.stringify(uses));
  list();
}

function list(results = []) {
  const waiting = kept().map((use) => `${use.plate} · ${use.gate} · ${told(new Date(use.shown_at))} · ${words.kept}`);
  const done = results.map((one) => {
    const faults = one.faults.map((fault) => fault.message).join(" ");
    return `${one.plate} · ${one.gate} · ${words[one.verdict]} ${faults}`;
  });
  const items = [...done, ...waiting].map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  document.getElementById("kept").replaceChildren(...items);
  document.getElementById("count").textContent = String(waiting.length);
  document.getElementById("upload").disabled = waiting.length === 0;
}

async function upload() {
  const uses = kept();
  const status = document.getElementById("uploaded");
  status.textContent = "";
  try {
    const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(words.uses, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ uses }),
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const { verdicts } = await answer.json();
    localStorage.setItem(KEPT, JSON.stringify(kept().slice(uses.length)));
    list(verdicts);
  } catch {
    status.textContent = words.failed;
  }
}
