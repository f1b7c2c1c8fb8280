// What HTML cannot do. Every page works without this file.

// The device knows its time zone; a form only suggests it.
for (const input of document.querySelectorAll("[data-browser-time-zone]")) {
  input.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
}

// Steps of a number: <button type="button" data-step="-0.5"> beside an input, both in a .stepper.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".stepper [data-step]");
  if (button) step(button.closest(".stepper").querySelector("input"), Number(button.dataset.step));

  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.more[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

function step(input, by) {
  const least = Number(input.min || 0);
  input.value = Math.max(least, Math.round((Number(input.value.replace(",", ".")) + by) * 100) / 100);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
