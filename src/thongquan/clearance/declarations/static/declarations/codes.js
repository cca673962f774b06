// Boxes for codes: type a code or words in any language, choose with arrows and Enter.
export function attachCodes(form) {
  const list = document.createElement("ul");
  list.id = "code-options";
  list.className = "dc-options";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  document.body.append(list);
  let field = null;
  let asked = null;
  let timer = 0;

  const options = () => [...list.querySelectorAll("[role='option']")];
  const chosen = () => list.querySelector("[aria-selected='true']");

  function hide() {
    list.hidden = true;
    if (field) {
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    hide();
  }

  function place() {
    const box = field.getBoundingClientRect();
    list.style.top = `${box.bottom + scrollY + 2}px`;
    list.style.left = `${Math.max(8, Math.min(box.left + scrollX, document.documentElement.clientWidth - list.offsetWidth - 12))}px`;
  }

  async function ask(target) {
    asked?.abort();
    asked = new AbortController();
    const url = new URL(form.dataset.codes.replace("LIST", target.dataset.list), location.href);
    url.search = new URLSearchParams({ q: target.value, flow: form.dataset.flow });
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

  function tell(target, name) {
    const caption = document.getElementById(`${target.id}-name`);
    if (caption) caption.textContent = name;
    else target.title = name;
  }

  function pick(option) {
    const target = field;
    target.value = option.dataset.code;
    tell(target, option.dataset.name);
    close();
    target.focus();
    target.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("input", (event) => {
    const target = event.target;
    if (!target.dataset?.list) return;
    tell(target, "");
    clearTimeout(timer);
    timer = setTimeout(() => ask(target), 120);
  });
  form.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!target.dataset?.list) return;
    if (list.hidden) {
      if (event.key === "ArrowDown") { event.preventDefault(); ask(target); }
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); event.stopPropagation(); move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Escape") { event.stopPropagation(); close(); }
    else if (event.key === "Enter" && chosen()) { event.preventDefault(); event.stopPropagation(); pick(chosen()); }
    else if (event.key === "Enter") close();
  }, true);
  // Only hides: the box that has the focus now may have asked already, and an answer for the one left is dropped in ask().
  form.addEventListener("focusout", () => setTimeout(() => { if (document.activeElement !== field) hide(); }, 150));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role='option']");
    if (option) pick(option);
  });
  addEventListener("scroll", () => { if (!list.hidden) place(); }, { passive: true, capture: true });
}
