// Files may be dropped on the form, and a large upload says that it is under way.
const form = document.querySelector("form[data-drop]");
const input = form.querySelector("input[type=file]");
const area = form.querySelector(".drop");
area.hidden = false;
for (const name of ["dragover", "dragleave", "drop"]) {
  form.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.toggle("is-over", name === "dragover");
  });
}
form.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
});
form.addEventListener("submit", () => {
  const status = form.querySelector("[role=status]");
  status.textContent = form.dataset.sending;
  status.hidden = false;
});
