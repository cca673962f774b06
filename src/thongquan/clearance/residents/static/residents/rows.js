// A fresh row of goods as soon as the last one is begun; without this script three rows and the next form serve.
const box = document.querySelector("[data-rows]");
if (box) {
  const most = 20;
  box.addEventListener("input", (event) => {
    const rows = [...box.children];
    const last = rows[rows.length - 1];
    if (!last.contains(event.target) || rows.length >= most) return;
    const next = last.cloneNode(true);
    const number = rows.length + 1;
    for (const field of next.querySelectorAll("input, select")) {
      field.value = "";
      field.id = field.id.replace(/-\d+$/, `-${number}`);
    }
    for (const label of next.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace(/-\d+$/, `-${number}`);
    box.append(next);
  });
}
const told = document.querySelector("#preview");
if (told) told.focus();
