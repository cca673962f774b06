// Before the first paint: where nobody chose a theme, the system's is taken.
(() => {
  const root = document.documentElement;
  if (root.dataset.theme) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  follow();
  dark.addEventListener("change", follow);
})();
