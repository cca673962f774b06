// Naming a colleague as one types: "@" and the beginning of a name offer the officers of the select beside the text.
// Without this script the select alone does it.
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

class Naming {
  constructor(area, select) {
    this.area = area;
    this.names = [...select.options].filter((one) => one.value).map((one) => one.textContent.trim());
    this.list = document.createElement("ul");
    this.list.className = "cw-offered";
    this.list.id = `${area.id}_offered`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", area.dataset.offered);
    this.list.hidden = true;
    area.after(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", () => this.offer());
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      const row = event.target.closest("li");
      if (row) { event.preventDefault(); this.take(row.textContent); }
    });
  }

  // What stands between the last "@" and the caret, unless a name is already written there.
  asked() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const found = before.match(/(?:^|[\s(])@([^@\n]{0,40})$/);
    return found ? found[1] : null;
  }

  offer() {
    const asked = this.asked();
    const words = asked === null ? [] : fold(asked).split(/\s+/).filter(Boolean);
    const fits = asked === null ? [] : this.names.filter((name) => words.every((word) => fold(name).includes(word)));
    if (!fits.length || fits.includes(asked?.trim())) { this.close(); return; }
    this.list.replaceChildren(...fits.slice(0, 8).map((name, place) => {
      const row = document.createElement("li");
      row.id = `${this.list.id}_${place}`;
      row.setAttribute("role", "option");
      row.textContent = name;
      return row;
    }));
    this.list.hidden = false;
    this.choose(0);
  }

  choose(place) {
    const rows = [...this.list.children];
    this.place = (place + rows.length) % rows.length;
    rows.forEach((row, number) => row.setAttribute("aria-selected", String(number === this.place)));
    rows[this.place].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", rows[this.place].id);
  }

  key(event) {
    if (this.list.hidden) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) this.choose(this.place + moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.list.children[this.place].textContent);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(name) {
    const end = this.area.selectionStart;
    const start = end - this.asked().length;
    this.area.setRangeText(`${name} `, start, end, "end");
    this.close();
    this.area.focus();
  }

  close() {
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }
}

for (const area of document.querySelectorAll("textarea[data-mentions]")) {
  const select = document.getElementById(area.dataset.mentions);
  if (select) new Naming(area, select);
}
