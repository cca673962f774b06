// Sends a file of parcels part by part: goes on where it broke off, waits while the connection or the lane is away.
const form = document.getElementById("send");
const SOON_MS = 2000;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const words = form?.dataset ?? {};
const told = document.getElementById("told");
const bar = document.getElementById("bar");

function show(received, size, text) {
  document.getElementById("sending").hidden = false;
  const percent = size ? Math.floor((100 * received) / size) : 0;
  bar.value = percent;
  told.textContent = text ?? `${words.sending} ${percent} % (${(received / 1048576).toFixed(1)} / ${(size / 1048576).toFixed(1)} MB)`;
}

function refuse(lines) {
  const box = document.getElementById("faults");
  box.querySelector("ul").replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}

async function ask(address, options, place) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  for (;;) {
    let answer;
    try {
      answer = await fetch(address, { ...options, headers: { ...options.headers, "X-CSRFToken": token } });
    } catch {
      show(...place(), words.lost);
      await wait(SOON_MS);
      continue;
    }
    if (answer.status === 429 || answer.status === 503) {
      show(...place(), words.full);
      await wait(1000 * Number(answer.headers.get("Retry-After") ?? 2));
      continue;
    }
    return answer;
  }
}

async function digest(file) {
  if (!crypto.subtle) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function announce(file) {
  if (words.batch) {
    if (Number(words.size) !== file.size) throw [words.wrong];
    return { batch: words.batch, received: Number(words.received), state: "receiving" };
  }
  const [tax_code, office] = form.elements.carrier.value.split("/");
  const body = JSON.stringify({ tax_code, office, name: file.name, size: file.size, sha256: await digest(file) });
  const answer = await ask(words.api, { method: "POST", body, headers: { "Content-Type": "application/json" } }, () => [0, file.size]);
  return read(answer);
}

async function read(answer) {
  const body = await answer.json().catch(() => ({}));
  if (answer.ok || (answer.status === 409 && "received" in body)) return body;
  throw (body.faults ?? []).map((fault) => `${fault.value && fault.code === "TQ-EXP-007" ? `${fault.value}: ` : ""}${fault.message} ${fault.remedy}`);
}

async function send(file) {
  const { batch, ...stand } = await announce(file);
  let { received, state } = stand;
  while (state === "receiving" || (state === undefined && received < file.size)) {
    show(received, file.size);
    const part = file.slice(received, received + Number(words.part));
    const address = `${words.api}/${batch}/content?offset=${received}`;
    const options = { method: "PUT", body: part, headers: { "Content-Type": "application/octet-stream" } };
    ({ received, state } = await read(await ask(address, options, () => [received, file.size])));
  }
  show(file.size, file.size);
  location.assign(`${words.page}${batch}/`);
}

form?.addEventListener("submit", async (event) => {
  const file = form.elements.file.files[0];
  if (!file) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  document.getElementById("faults").hidden = true;
  try {
    await send(file);
  } catch (lines) {
    document.getElementById("sending").hidden = true;
    refuse(Array.isArray(lines) && lines.length ? lines : [String(lines)]);
    button.disabled = false;
  }
});
