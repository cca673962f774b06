// Codes suggested while a description is typed: arrows and Enter choose, each choice goes one level deeper,
// the last one fills the box of the code in the same line. Without it the form still works.
const PAUSE = 250;
const SHORTEST = 4;

export function attachSuggestions(form) {
  const list = document.createElement("ul");
  list.id = "suggest-options";
  list.className = "sg-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  list.hidden = true;
  document.body.append(list);
  let field = null;
  let asked = null;
  let timer = 0;

  const wanted = (target) => target.name?.endsWith(".description") && target.closest("tbody.dc-line");
  const options = () => [...list.querySelectorAll("[role='option']")];
  const chosen = () => list.querySelector("[aria-selected='true']");

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    if (!field) return;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function place() {
    const box = field.getBoundingClientRect();
    list.style.top = `${box.bottom + scrollY + 2}px`;
    list.style.left = `${Math.max(8, Math.min(box.left + scrollX, document.documentElement.clientWidth - list.offsetWidth - 12))}px`;
  }

  async function ask(target, under = "", digits = "", first = false) {
    asked?.abort();
    if (target.value.trim().length < SHORTEST) { close(); return; }
    asked = new AbortController();
    const url = new URL(form.dataset.suggest, location.href);
    url.search = new URLSearchParams({ description: target.value, under, digits });
    try {
      const answer = await fetch(url, { signal: asked.signal, redirect: "error" });
      if (!answer.ok || document.activeElement !== target) return;
      list.innerHTML = await answer.text();
    } catch { return; }
    field = target;
    list.hidden = !list.children.length;
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", String(!list.hidden));
    place();
    if (first) move(1);
  }

  function move(step) {
    const all = options();
    if (!all.length) return;
    const next = all[(all.indexOf(chosen()) + step + all.length + (step < 0 && !chosen() ? 1 : 0)) % all.length];
    chosen()?.removeAttribute("aria-selected");
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", next.id);
  }

  function pick(option) {
    const { code, digits, under } = option.dataset;
    if (under !== undefined) { ask(field, under, digits, true); return; }
    if (digits !== "0") { ask(field, code, digits, true); return; }
    const target = field.closest("tbody").querySelector("input[name$='.hs']");
    target.value = code;
    target.title = option.dataset.name;
    close();
    target.focus();
    target.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("focusin", (event) => {
    if (!wanted(event.target) || event.target.hasAttribute("role")) return;
    event.target.setAttribute("role", "combobox");
    event.target.setAttribute("aria-autocomplete", "list");
    event.target.setAttribute("aria-expanded", "false");
  });
  form.addEventListener("input", (event) => {
    if (!wanted(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(event.target), PAUSE);
  });
  form.addEventListener("keydown", (event) => {
    if (!wanted(event.target)) return;
    if (list.hidden) {
      if (event.key === "ArrowDown" && event.altKey) { event.preventDefault(); event.stopPropagation(); ask(event.target); }
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); event.stopPropagation(); move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Escape") { event.stopPropagation(); close(); }
    else if (event.key === "Enter" && chosen()) { event.preventDefault(); event.stopPropagation(); pick(chosen()); }
    else if (event.key === "Enter" || event.key === "Tab") close();
  }, true);
  form.addEventListener("focusout", () => setTimeout(() => { if (document.activeElement !== field) close(); }, 150));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role='option']");
    if (option) pick(option);
  });
  addEventListener("scroll", () => { if (!list.hidden) place(); }, { passive: true, capture: true });
}

const draft = document.getElementById("draft");
if (draft?.dataset.suggest) attachSuggestions(draft);
