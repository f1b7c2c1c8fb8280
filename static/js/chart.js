// Reads the marks of a chart with the pointer and the arrow keys, in one line below it. A mark is what has a
// <title>. Without this file its words are a tooltip and every link is a tab stop.
const SHAPES = "path, circle, rect, line, polygon";
const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

const box = (mark) => ([...mark.querySelectorAll(SHAPES)].at(-1) ?? mark).getBoundingClientRect();
const middle = ({ left, right }) => (left + right) / 2;
const beyond = (at, from, to) => Math.max(from - at, 0, at - to);

function marksOf(plot) {
  const marks = new Map(); // once, though a bar and the dot on it say the same
  for (const title of plot.querySelectorAll(":not(.plot) > title")) {
    const mark = title.closest("a") ?? title.parentElement;
    const words = title.textContent.trim();
    const key = mark.getAttribute("href") ?? words;
    if (!marks.has(key)) marks.set(key, { mark, words });
  }
  return [...marks.values()];
}

function read(chart, plot, marks) {
  const line = document.createElement("p");
  line.className = "reading";
  line.role = "status";
  chart.append(line);
  let shown, touches, again;

  const stop = (one) => (one.mark.matches("a") ? one.mark : plot); // what has the focus while it is read
  const inOrder = () => {
    const placed = marks.map((one) => ({ one, at: box(one.mark) })).filter(({ at }) => at.width || at.height);
    return placed.sort((a, b) => middle(a.at) - middle(b.at) || a.at.top - b.at.top);
  };

  // A link that gets the focus is read out as a link; the pointer's way is not read out at all.
  function show(one, aloud) {
    if (one === shown) return;
    shown?.mark.classList.remove("read");
    one?.mark.classList.add("read");
    shown = one;
    line.ariaLive = aloud ? "polite" : "off";
    line.textContent = one?.words ?? "";
    if (!one) return;
    for (const each of marks) stop(each).setAttribute("tabindex", -1);
    stop(one).setAttribute("tabindex", 0);
  }

  // The nearest to the side, of those above each other the nearest in height; a band is only a background.
  function nearest({ target, clientX, clientY }) {
    const direct = !target.matches(".band") && marks.find(({ mark }) => mark.contains(target));
    if (direct) return direct;
    const far = ({ at }) => Math.abs(middle(at) - clientX) + beyond(clientY, at.top, at.bottom) / 100;
    return inOrder().sort((a, b) => far(a) - far(b))[0]?.one;
  }

  plot.addEventListener("pointerdown", (event) => {
    touches = event.pointerType === "touch";
    const one = nearest(event);
    again = one === shown;
    show(one);
  });
  plot.addEventListener("pointermove", (event) => show(nearest(event)));

  // The first tap reads, the second opens.
  plot.addEventListener("click", (event) => {
    if (!touches || !event.detail) return; // Enter is a click too
    event.preventDefault();
    if (again) follow(shown);
  });

  // On the chart: an svg that listens for the focus would be a tab stop.
  chart.addEventListener("focusin", ({ target }) => {
    const one = marks.find(({ mark }) => mark === target);
    if (one) show(one);
  });

  plot.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (event.key === "Escape") {
      show();
      document.activeElement.blur();
    } else if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const order = inOrder().map(({ one }) => one);
      if (!order.length) return;
      const from = shown ? order.indexOf(shown) : step > 0 ? -1 : order.length;
      const one = order[Math.min(Math.max(from + step, 0), order.length - 1)];
      show(one, stop(one) === plot);
      stop(one).focus();
    }
  });

  for (const each of marks) stop(each).setAttribute("tabindex", -1);
  stop(marks.at(-1)).setAttribute("tabindex", 0); // the newest
}

function follow(one) {
  const address = one?.mark.getAttribute("href");
  if (address) location.assign(address);
}

function prepare() {
  for (const chart of document.querySelectorAll(".chart:not(:has(> .reading))")) {
    const plot = chart.querySelector(".plot");
    const marks = plot ? marksOf(plot) : [];
    if (marks.length) read(chart, plot, marks);
  }
}

prepare();
document.addEventListener("htmx:after:swap", () => {
  prepare();
  const named = document.getElementById(location.hash.slice(1));
  if (named && !scrollY) named.scrollIntoView(); // the chart of the address came only now
});
