// Lets a figure move (ui/_figure.html). Without this file, or where motion is unwelcome, it is a still.
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function show(figure, moving) {
  figure.classList.toggle("playing", moving);
  for (const part of figure.querySelectorAll("animate")) moving ? part.beginElement() : part.endElement();
}

for (const figure of document.querySelectorAll(".moving")) {
  const first = figure.querySelector("animate");
  if (!first) continue;
  const button = figure.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => show(figure, !figure.classList.contains("playing")));
  first.addEventListener("endEvent", () => figure.classList.remove("playing"));
  if (!calm.matches) show(figure, true);
}
