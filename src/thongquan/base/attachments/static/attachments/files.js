// Files of a subject: a kind for each file, one request per file with its progress. Without script the form sends all at once.
const formOf = (target) => target.closest?.(".at-upload");

function row(form, file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const kind = form.querySelector("#at-kind").cloneNode(true);
  kind.removeAttribute("id");
  kind.removeAttribute("name");
  kind.value = form.querySelector("#at-kind").value;
  kind.setAttribute("aria-label", `${form.querySelector(".at-kind label").textContent}: ${file.name}`);
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const told = document.createElement("output");
  told.textContent = form.dataset.waiting;
  item.append(name, kind, bar, told);
  const tooLarge = file.size > Number(form.dataset.limit) * 1048576;
  if (tooLarge) fail(item, form.dataset.large);
  return { file, item, kind, bar, told, skip: tooLarge };
}

function fail(item, text) {
  item.classList.add("is-bad");
  item.querySelector("output").textContent = text;
}

const chosen = new WeakMap();

function list(form) {
  const rows = [...form.querySelector("#at-file").files].map((file) => row(form, file));
  chosen.set(form, rows);
  const box = form.querySelector(".at-chosen");
  box.replaceChildren(...rows.map((one) => one.item));
  box.hidden = !rows.length;
  form.querySelector(".at-kind").hidden = rows.length > 0;
}

function send(form, one) {
  return new Promise((resolve) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("kind", one.kind.value);
    body.append("file", one.file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) one.bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      const good = request.status === 201;
      if (good) one.told.textContent = form.dataset.done;
      else fail(one.item, reason(request) || form.dataset.failed);
      resolve(good);
    });
    request.send(body);
  });
}

function reason(request) {
  try {
    return JSON.parse(request.responseText).faults.map((fault) => `${fault.message} ${fault.remedy}`).join(" ");
  } catch { return ""; }
}

async function sendAll(form) {
  const rows = chosen.get(form) ?? [];
  const button = form.querySelector("button");
  button.disabled = true;
  let failed = false;
  for (const one of rows) failed = one.skip || !(await send(form, one)) || failed;
  button.disabled = false;
  const panel = form.closest(".at-files");
  if (failed) {
    form.querySelector("#at-file").value = "";
    window.htmx.ajax("GET", `${form.getAttribute("action")}?part=list`, { target: panel.querySelector(".at-list"), swap: "outerHTML" });
  } else {
    window.htmx.ajax("GET", form.getAttribute("action"), { target: panel, swap: "outerHTML" });
  }
}

document.addEventListener("change", (event) => {
  if (event.target.id === "at-file") list(formOf(event.target));
});
document.addEventListener("submit", (event) => {
  const form = formOf(event.target);
  if (!form || !window.htmx || !chosen.get(form)?.length) return;
  event.preventDefault();
  sendAll(form);
});
