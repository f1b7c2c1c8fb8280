// Moves the rungs of a ladder. All it writes is their places in the form; without it they are typed.
const list = document.querySelector(".rungs[data-prefix]");

if (list) {
  const group = list.closest("fieldset");
  const total = document.getElementById(`id_${list.dataset.prefix}-TOTAL_FORMS`);
  let dragged = null;

  const place = (rung) => rung.querySelector("[name$=-place]");
  const staying = () => [...list.children].filter((rung) => !rung.querySelector("[name$=-DELETE]").checked);
  const middle = (part) => part.getBoundingClientRect().top + part.offsetHeight / 2;

  function number() {
    staying().forEach((rung, index) => (place(rung).value = index + 1));
  }

  function say(rung) {
    const chosen = rung.querySelector("select[name$=-exercise]");
    const name = chosen?.value ? chosen.selectedOptions[0].text : rung.dataset.name;
    const words = { name, place: place(rung).value, count: staying().length };
    group.querySelector("[role=status]").textContent = list.dataset.now.replace(/{(\w+)}/g, (_, word) => words[word]);
  }

  // It is the neighbour that moves: a rung that left the page for a moment would lose the focus and the pointer.
  function move(rung, by) {
    if (by < 0) rung.previousElementSibling && rung.after(rung.previousElementSibling);
    else rung.nextElementSibling && rung.before(rung.nextElementSibling);
    number();
  }

  function add(before) {
    const index = total.value++;
    const html = document.getElementById(`${list.dataset.prefix}-empty`).innerHTML.replaceAll("__prefix__", index);
    if (before) before.insertAdjacentHTML("beforebegin", html);
    else list.insertAdjacentHTML("beforeend", html);
    const rung = before ? before.previousElementSibling : list.lastElementChild;
    take(rung);
    number();
    say(rung);
    rung.querySelector("select").focus();
  }

  function take(rung) {
    place(rung).readOnly = true;
  }

  group.addEventListener("click", (event) => {
    const link = event.target.closest(".place-here a");
    const button = event.target.closest("[data-by]");
    const rung = event.target.closest(".rung");
    if (link) {
      event.preventDefault();
      add(rung);
    } else if (button) {
      move(rung, Number(button.dataset.by));
      say(rung);
    }
  });

  list.addEventListener("change", number);

  list.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !by || event.target.matches("select")) return;
    event.preventDefault();
    const rung = event.target.closest(".rung");
    move(rung, by);
    say(rung);
  });

  // The cards fold while one is dragged; it stays under the pointer, and the page as long as it was.
  function fold(rung, folded) {
    const grip = rung.querySelector(".grip");
    const at = middle(grip);
    list.style.minBlockSize = folded ? `${list.offsetHeight}px` : "";
    rung.classList.toggle("dragged", folded);
    scrollBy(0, middle(grip) - at);
  }

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || dragged || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    dragged = grip.closest(".rung");
    fold(dragged, true);
  });

  list.addEventListener("pointermove", ({ clientY }) => {
    if (!dragged) return;
    while (dragged.previousElementSibling && clientY < middle(dragged.previousElementSibling)) move(dragged, -1);
    while (dragged.nextElementSibling && clientY > middle(dragged.nextElementSibling)) move(dragged, 1);
    if (clientY < 60) scrollBy(0, -20);
    if (clientY > innerHeight - 60) scrollBy(0, 20);
  });

  list.addEventListener("lostpointercapture", () => {
    fold(dragged, false);
    say(dragged);
    dragged = null;
  });

  [...list.children].forEach(take);
  number();
  group.classList.add("moves-rungs");
}
