// The graph of related enterprises: the library is fetched when the graph comes into view; the table says the same.
const box = document.getElementById("graph");

function colors() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { text: of("--tq-text"), line: of("--tq-line-strong"), accent: of("--tq-accent"), soft: of("--tq-accent-soft"), red: of("--tq-red"), ground: of("--tq-sunken"), surface: of("--tq-surface") };
}

function look(c) {
  return [
    { selector: "node", style: { label: "data(label)", color: c.text, "font-size": 11, "min-zoomed-font-size": 8, "text-wrap": "ellipsis", "text-max-width": 150, "text-valign": "bottom", "text-margin-y": 4, "text-background-color": c.ground, "text-background-opacity": 0.8, "background-color": c.soft, "border-color": c.accent, "border-width": 1.5, width: 22, height: 22 } },
    { selector: "node.tie", style: { shape: "rectangle", "background-color": c.surface, "border-color": c.line, width: 16, height: 16 } },
    { selector: "node.asked", style: { "font-size": 18, "min-zoomed-font-size": 0, "background-color": c.accent, width: 32, height: 32 } },
    { selector: "node[found > 0]", style: { "border-color": c.red, "border-width": 4 } },
    { selector: "edge", style: { "line-color": c.line, width: "mapData(weight, 1, 20, 1, 5)", opacity: 0.7 } },
  ];
}

async function draw() {
  const { default: cytoscape } = await import(box.dataset.library);
  const elements = JSON.parse(document.getElementById(box.dataset.nodes).textContent);
  const graph = cytoscape({ container: box, elements, style: look(colors()), userZoomingEnabled: false, layout: { name: "cose", animate: false, padding: 28, nodeRepulsion: () => 12000, idealEdgeLength: () => 110, randomize: false } });
  graph.on("tap", "node.firm", (event) => {
    location.href = `../${encodeURIComponent(event.target.id().slice(5))}/${location.search}`;
  });
  new MutationObserver(() => graph.style(look(colors()))).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-bs-theme"] });
}

if (box) {
  box.hidden = false;
  const watcher = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watcher.disconnect();
    draw().catch(() => { box.hidden = true; });
  });
  watcher.observe(box);
}
