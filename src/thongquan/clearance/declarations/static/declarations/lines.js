// The lines of goods as a table: add, duplicate, remove, paste from a spreadsheet, walk with the keyboard.
const NUMBER = /lines\[[^\]]*\]/;
const ID = /^f-lines-[^-]*-/;

export function attachLines(form, changed) {
  const table = form.querySelector(".dc-lines");
  const blank = document.getElementById("blank-line");
  const foot = table.tFoot;
  const rows = () => [...table.querySelectorAll("tbody.dc-line")];
  const cellsOf = (row) => [...row.rows[0].querySelectorAll("td[data-label] > input")];
  const keyOf = (field) => field.name.replace(/^lines\[[^\]]*\]\./, "");

  function renumber() {
    rows().forEach((row, place) => {
      row.dataset.place = place;
      row.querySelector(".dc-number").textContent = place + 1;
      for (const field of row.querySelectorAll("[name^='lines[']")) {
        field.name = field.name.replace(NUMBER, `lines[${place}]`);
        field.id = field.id.replace(ID, `f-lines-${place}-`);
      }
      for (const label of row.querySelectorAll("label")) {
        label.htmlFor = label.htmlFor.replace(ID, `f-lines-${place}-`);
        if (label.classList.contains("tq-hidden")) label.textContent = label.textContent.replace(/-?\d+/, place + 1);
      }
      for (const button of row.querySelectorAll("button[name='rows']")) {
        button.value = button.value.replace(/:.*/, `:${place}`);
        button.ariaLabel = button.ariaLabel.replace(/-?\d+/, place + 1);
      }
    });
    sum();
  }

  function add(after = null) {
    const made = blank.content.firstElementChild.cloneNode(true);
    after ? after.after(made) : table.insertBefore(made, foot);
    renumber();
    return made;
  }

  function clean(row) {
    for (const note of row.querySelectorAll(".dc-cell-fault")) note.remove();
    for (const place of row.querySelectorAll(".has-error")) place.classList.remove("has-error");
    for (const field of row.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  }

  function duplicate(row) {
    const made = row.cloneNode(true);
    const from = row.querySelectorAll("input, select, textarea");
    made.querySelectorAll("input, select, textarea").forEach((field, place) => { field.value = from[place].value; });
    clean(made);
    row.after(made);
    renumber();
    cellsOf(made)[0].focus();
  }

  function remove(row) {
    const next = row.nextElementSibling?.matches(".dc-line") ? row.nextElementSibling : row.previousElementSibling;
    if (rows().length === 1) {
      for (const field of row.querySelectorAll("input, select, textarea")) field.value = "";
      clean(row);
    } else row.remove();
    renumber();
    const goal = next?.matches(".dc-line") ? next : rows()[0];
    cellsOf(goal)[0].focus();
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name='rows']");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("tbody");
    if (button.id === "add-line") cellsOf(add())[0].focus();
    else if (button.classList.contains("dc-copy")) duplicate(row);
    else remove(row);
    changed();
  });

  table.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches("td[data-label] > input") || field.getAttribute("aria-expanded") === "true") return;
    const row = field.closest("tbody");
    const column = cellsOf(row).indexOf(field);
    let goal = null;
    if (event.key === "Enter" && event.altKey) goal = add(row);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      goal = event.shiftKey ? row.previousElementSibling : row.nextElementSibling;
      if (!event.shiftKey && !goal?.matches(".dc-line")) goal = add();
    } else if (event.key === "ArrowUp") goal = row.previousElementSibling;
    else if (event.key === "ArrowDown" && !field.dataset.list) goal = row.nextElementSibling;
    if (!goal?.matches(".dc-line")) return;
    event.preventDefault();
    const cell = cellsOf(goal)[event.key === "Enter" && event.altKey ? 0 : column];
    cell.focus();
    cell.select();
  });

  // Rows copied in a spreadsheet arrive as lines of tab-separated cells; a first row of column names is understood.
  function grid(text) {
    const found = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    return found.map((row) => row.map((cell) => cell.replace(/^"(.*)"$/s, "$1").replace(/""/g, '"').trim()));
  }
  function columnsFor(first, start) {
    const heads = [...table.tHead.querySelectorAll("th[data-key]")];
    const plain = (text) => text.replace("*", "").trim().toLowerCase();
    const known = new Map(heads.map((head, place) => [plain(head.textContent), place]));
    const named = first.map((cell) => known.get(plain(cell)) ?? -1);
    if (named.filter((place) => place >= 0).length >= 2) return { columns: named, skip: 1 };
    return { columns: first.map((_cell, place) => start + place), skip: 0 };
  }
  table.addEventListener("paste", (event) => {
    const field = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!field.matches("td[data-label] > input") || !/[\t\n]/.test(text.replace(/\n$/, ""))) return;
    event.preventDefault();
    const cells = grid(text);
    let row = field.closest("tbody");
    const { columns, skip } = columnsFor(cells[0], cellsOf(row).indexOf(field));
    for (const [place, line] of cells.slice(skip).entries()) {
      if (place) row = row.nextElementSibling?.matches(".dc-line") ? row.nextElementSibling : add();
      const fields = cellsOf(row);
      line.forEach((value, column) => { if (fields[columns[column]]) fields[columns[column]].value = value; });
    }
    sum();
    changed();
  });

  const comma = ["vi", "fr"].includes(form.elements.language.value);
  function amount(text) {
    const bare = text.replace(/[\s\u00a0\u202f]/g, "");
    const plain = comma ? bare.replace(/\./g, "").replace(",", ".") : bare.replace(/,/g, "");
    return plain === "" ? 0 : Number(plain);
  }
  function sum() {
    const shown = new Intl.NumberFormat(comma ? "vi" : "en", { maximumFractionDigits: 4 });
    for (const [id, key] of [["sum-value", "value"], ["sum-net", "net_weight_kg"], ["sum-gross", "gross_weight_kg"]]) {
      const fields = [...table.querySelectorAll(`td.is-${key} > input`)];
      const total = fields.reduce((so, field) => so + amount(field.value), 0);
      document.getElementById(id).textContent = total && Number.isFinite(total) ? shown.format(total) : "";
    }
  }
  table.addEventListener("input", sum);
  sum();

  return {
    count: () => rows().length,
    setCount(wanted) {
      while (rows().length < wanted) add();
      while (rows().length > Math.max(wanted, 1)) rows().at(-1).remove();
      renumber();
    },
    refresh: sum,
    keyOf,
  };
}
