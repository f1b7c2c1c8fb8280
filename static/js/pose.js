// Keeps a slider and its number in step (exercises/desk/_figure_control.html). htmx sends the numbers.

// A slider reaches so far to either side; at its end, or beyond, it is set anew around the number.
function follow(slider, { value, min, max }) {
  if (value === "") return;
  const number = Number(value);
  const reach = Number(slider.dataset.reach);
  if (number <= Number(slider.min) || number >= Number(slider.max)) {
    slider.min = Math.max(min, number - reach);
    slider.max = Math.min(max, number + reach);
  }
  slider.value = number;
}

for (const type of ["input", "change"]) {
  document.addEventListener(type, ({ target }) => {
    const [slider, number] = target.closest(".control:has([type=range])")?.querySelectorAll("input") ?? [];
    if (target === slider && type === "input") number.value = slider.value;
    else if (slider) follow(slider, number);
  });
}
