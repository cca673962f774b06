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

const copy = sessionStorage.getItem("tq-lodged");
if (copy) {
  localStorage.removeItem(copy);
  sessionStorage.removeItem("tq-lodged");
}
