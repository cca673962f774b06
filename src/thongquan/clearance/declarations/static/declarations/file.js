// A declaration's page: unfold all duties, print them unfolded, forget the copy of a draft that was lodged.
const duties = document.getElementById("duties");
const button = document.getElementById("unfold");
const parts = () => [...duties.querySelectorAll("details")];

function fold(open) {
  for (const part of parts()) part.open = open;
  button.textContent = open ? button.dataset.less : button.dataset.more;
}
button.hidden = false;
button.addEventListener("click", () => fold(!parts().every((part) => part.open)));
addEventListener("beforeprint", () => fold(true));

// n goes on to what is next in the queue, u back to the queue.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  document.querySelector(`.dc-queue [data-key="${CSS.escape(event.key)}"]`)?.click();
});

const copy = sessionStorage.getItem("tq-lodged");
if (copy) {
  localStorage.removeItem(copy);
  sessionStorage.removeItem("tq-lodged");
}
