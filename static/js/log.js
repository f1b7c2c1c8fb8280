// The forms of the log: fewer taps. All of them work without this file.

// Steps of a number: <button type="button" data-step="-0.5"> beside an input, both in a .stepper.
// Held down, the button goes on, faster and faster; the arrow keys step too.
let next; // the timer of a held button
let goesOn = false; // it has stepped by itself, so letting it go is no step

document.addEventListener("pointerdown", ({ button, target, pointerId }) => {
  const held = button === 0 && target.closest(".stepper [data-step]");
  if (!held) return;
  if (target.hasPointerCapture(pointerId)) target.releasePointerCapture(pointerId); // a finger may leave
  goesOn = false;
  let pause = 200;
  next = setTimeout(function again() {
    goesOn = true;
    step(held);
    pause = Math.max(50, pause * 0.9);
    next = setTimeout(again, pause);
  }, 400);
  held.addEventListener("pointerleave", () => clearTimeout(next), { once: true });
});

for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => clearTimeout(next));

document.addEventListener("contextmenu", (event) => {
  if (event.target.closest(".stepper [data-step]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest(".stepper [data-step]");
  if (button && !(goesOn && event.detail)) step(button);
});

document.addEventListener("keydown", (event) => {
  const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const stepper = way && event.target.matches(".stepper input") && event.target.closest(".stepper");
  if (!stepper) return;
  event.preventDefault();
  step([...stepper.querySelectorAll("[data-step]")].find(({ dataset }) => dataset.step * way > 0));
});

function step(button) {
  const input = button.closest(".stepper").querySelector("input");
  const typed = Number(input.value.replace(",", ".")) || 0;
  input.value = Math.max(0, Math.round((typed + Number(button.dataset.step)) * 100) / 100);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// "Same as last time": what stands in <a data-fill> goes into the form instead of a page fetched with it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-fill]");
  const form = link && document.getElementById("log");
  if (!form) return;
  event.preventDefault();
  const fields = JSON.parse(link.dataset.fill);
  for (const input of form.elements) {
    const value = fields[input.name];
    if (value === undefined) continue;
    if (input.type === "checkbox") input.checked = value.includes(input.value);
    else input.value = value;
    const folded = value.length && input.closest("details");
    if (folded) folded.open = true;
  }
});

// <form data-one-tap>: a tap on a choice sends it. With the keyboard, choices are passed on the way to another.
document.addEventListener("click", ({ detail, target }) => {
  if (detail && target.matches("[data-one-tap] [type=radio]")) target.form.requestSubmit();
});

// <input name="ms_to_save">: for how long a form was looked at before it was sent. A hidden tab does not count.
let looked = 0;
let since;
const look = () => {
  if (since !== undefined) looked += performance.now() - since;
  since = document.hidden ? undefined : performance.now();
};
look();
document.addEventListener("visibilitychange", look);
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) looked = 0;
});
addEventListener(
  "submit",
  ({ target }) => {
    const { ms_to_save: field } = target.elements;
    if (!field) return;
    look();
    field.value = Math.round(looked);
  },
  true,
);
