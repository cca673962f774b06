// Looking through papers: keys press the links of the viewer, and the next page is fetched before it is asked for.
const KEYS = { "=": "+", "_": "-" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = KEYS[event.key] ?? event.key;
  const link = [...document.querySelectorAll("#viewer a[data-key]")].find((one) => one.dataset.key === key);
  if (!link) return;
  event.preventDefault();
  link.click();
});

function isTyping(target) {
  return target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName)
    || (target.tagName === "INPUT" && !["radio", "checkbox"].includes(target.type));
}

function fetchNext() {
  const next = document.querySelector("#viewer img[data-next]")?.dataset.next;
  if (next) new Image().src = next;
}

document.addEventListener("htmx:afterSwap", (event) => event.target.id === "viewer" && fetchNext());
window.addEventListener("load", fetchNext);
