// What pages that work without a connection do besides keeping (static/js/outbox.js): a page of nobody is told
// what the phone knows, an entry to be corrected is filled in, and what is kept is listed.
const form = document.querySelector("form[data-outbox]");
const list = document.getElementById("kept-entries");

if (form && "offline" in form.dataset) {
  const local = new Date(Date.now() - 60000 * new Date().getTimezoneOffset()).toISOString();
  const told = {
    started_at: local.slice(0, 16),
    on: local.slice(0, 10),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    units: localStorage.units,
  };
  for (const [name, value] of Object.entries(told)) if (form.elements[name]) form.elements[name].value = value;
  form.hidden = !localStorage.who;
  document.getElementById("nobody").hidden = !form.hidden;
}

if (form) document.addEventListener("outbox", ({ detail }) => reopen(detail), { once: true });
if (list) document.addEventListener("outbox", ({ detail }) => list.replaceChildren(...detail.map(card)));

const plan = document.querySelector("[data-offline] [data-plan]");
const seen = plan && localStorage[`plan:${localStorage.who}`];
if (seen) showPlan(JSON.parse(seen));

function reopen(entries) {
  const entry = entries.find(({ id, state }) => `#${id}` === location.hash && isOurs(state));
  if (!entry) return;
  for (const input of form.elements) {
    const values = entry.fields.filter(([name]) => name === input.name).map(([, value]) => value);
    if (/radio|checkbox/.test(input.type)) input.checked = values.includes(input.value);
    else if (values.length) input.value = values[0];
  }
  // What this page does not ask, such as the sets of an easier exercise, is sent as it was.
  form.append(...entry.fields.filter(([name]) => !form.elements[name]).map(hidden));
}

function hidden([name, value]) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

function card(entry) {
  const part = document.getElementById("kept-entry").content.cloneNode(true);
  const at = (name) => part.querySelector(`[data-at=${name}]`);
  for (const line of part.querySelectorAll("[data-when]")) line.hidden = line.dataset.when !== entry.state;
  at("title").textContent = entry.title;
  at("when").textContent = new Date(entry.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  at("open").href = `${entry.url}#${entry.id}`;
  at("delete").dataset.undo = entry.id;
  at("delete").addEventListener("click", (event) => confirm(list.dataset.delete) || event.stopPropagation());
  part.querySelector(".row").hidden = !isOurs(entry.state);
  return part;
}

function isOurs(state) {
  return state === "kept" || state === "fix";
}

// Without a connection a session is logged by the plan as it was seen last (static/js/plan.js).
function showPlan(kept) {
  const said = document.getElementById("plan-of");
  const day = new Date(kept.at).toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
  said.textContent = said.textContent.replace("{day}", day);
  said.hidden = false;
  plan.outerHTML = kept.html;
  form.elements.plan.value = kept.plan;
  const asked = new Set([...form.querySelectorAll("[data-plan] input")].map(({ name }) => name));
  for (const beside of form.querySelectorAll("details fieldset:has(> .sets)")) {
    if (asked.has(beside.querySelector("input").name)) beside.remove();
  }
}
