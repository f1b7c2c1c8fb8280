// What HTML cannot do. Every page works without this file.

// The device knows its time zone; a form only suggests it.
for (const input of document.querySelectorAll("[data-browser-time-zone]")) {
  input.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
}

document.addEventListener("click", (event) => {
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
