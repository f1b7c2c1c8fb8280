// Lets a figure move (ui/_figure.html). Without this, or where motion is unwelcome, it is a still.
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function show(figure, moving) {
  figure.classList.toggle("playing", moving);
  for (const part of figure.querySelectorAll("animate")) moving ? part.beginElement() : part.endElement();
}

function prepared(figure) {
  const first = figure.querySelector("animate");
  const button = figure.querySelector("button");
  if (!first || !button.hidden) return false;
  button.hidden = false;
  button.addEventListener("click", () => show(figure, !figure.classList.contains("playing")));
  first.addEventListener("endEvent", () => figure.classList.remove("playing"));
  return true;
}

for (const figure of [...document.querySelectorAll(".moving")].filter(prepared)) {
  if (!calm.matches) show(figure, true);
}
// What htmx put there waits for its button.
document.addEventListener("htmx:after:swap", () => document.querySelectorAll(".moving").forEach(prepared));
