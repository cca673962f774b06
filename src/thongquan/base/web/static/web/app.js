// Small conveniences; every page works without them for reading.
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function tick() {
  for (const clock of document.querySelectorAll("time[data-zone]")) {
    const now = new Date();
    clock.textContent = new Intl.DateTimeFormat("en-GB", {
      timeZone: clock.dataset.zone, hour: "2-digit", minute: "2-digit",
    }).format(now);
    clock.dateTime = now.toISOString();
  }
  setTimeout(tick, 60000 - (Date.now() % 60000));
}

function openHelp() {
  const dialog = document.getElementById("keyboard-help");
  if (dialog && !dialog.open) dialog.showModal();
}

function focusSearch(event) {
  const field = document.querySelector(".tq-search input");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll(".tq-menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

function goToDesk(number) {
  document.querySelectorAll(".tq-desks .tq-desk")[number - 1]?.click();
}

let waitingForDesk = false;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector(".tq-menu[open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
    if (location.hash === "#rail") location.hash = "main";
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "/") focusSearch(event);
  else if (event.key === "?") openHelp();
  else if (waitingForDesk && /^[1-7]$/.test(event.key)) goToDesk(Number(event.key));
  waitingForDesk = event.key === "g";
});
document.addEventListener("click", (event) => {
  closeMenus(event.target.closest(".tq-menu"));
  const copy = event.target.closest("[data-copy]");
  if (copy) navigator.clipboard?.writeText(document.getElementById(copy.dataset.copy).textContent.trim())
    .then(() => { copy.textContent = copy.dataset.copied; });
});
// A page that nobody looks at does not say that somebody is here.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches(".tq-presence")) event.preventDefault();
});
// What has not changed is not announced again.
document.addEventListener("htmx:beforeSwap", (event) => {
  const line = event.detail.target;
  if (line.matches(".tq-presence") && line.innerHTML.trim() === event.detail.serverResponse.trim()) event.detail.shouldSwap = false;
});
document.querySelector(".tq-errors")?.focus();
tick();
