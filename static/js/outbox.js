// An entry of a form with data-outbox is kept on the phone, sent, and let go once the server names it as stored.
// Where nothing can be kept the form is sent as without this file.
const byId = (id) => document.getElementById(id);
const theForm = () => document.querySelector("form[data-outbox]");
const chip = byId("waiting") ?? document.createElement("a");
const PATIENCE = 20000; // ms for an answer
const AGAIN = 60000; // ms
const LATE = 3000; // ms until an entry on its way is called kept

let mine; // the entry of this page, until it is stored
let unkept; // why nothing can be kept here
let refused = false; // nobody is signed in
let count = 0;
let busy;

// Random, as crypto.randomUUID, which is missing over plain http.
const newId = () => URL.createObjectURL(new Blob()).slice(-36);

async function store(act) {
  const box = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("outbox", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = reject;
  });
  return new Promise((resolve, reject) => {
    const work = box.transaction("entries", "readwrite", { durability: "strict" });
    const asked = act(work.objectStore("entries"));
    work.oncomplete = () => resolve(asked?.result);
    work.onabort = reject;
  }).finally(() => box.close());
}

const all = async () => (await store((entries) => entries.getAll())).sort((a, b) => a.at - b.at);
const locked = (act) => navigator.locks?.request("outbox", act); // one page at a time
const ask = (url, options) => fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE) });

// Lets an entry go, or notes what is wrong with it; one corrected in the meantime stays as it is.
const settle = ({ id, at }, error) =>
  store((entries) => {
    const asked = entries.get(id);
    asked.onsuccess = () => asked.result?.at === at && (error ? entries.put({ ...asked.result, error }) : entries.delete(id));
  });

const flush = () =>
  locked(async () => {
    let sent = 0;
    try {
      const due = (await all()).filter(({ error }) => !error);
      if (due.length) {
        const token = await (await ask("/outbox/token", { cache: "no-store" })).json();
        refused = !token.who;
        for (const entry of due) if (entry.who === token.who) sent += await send(entry, token.csrf);
      }
    } catch {
      // No connection: everything stays.
    }
    await show(sent);
  });

async function send(entry, csrf) {
  const { id, url, fields, who } = entry;
  const answer = await ask(url, {
    method: "POST",
    body: new URLSearchParams([...fields, ["uuid", id]]),
    redirect: "manual",
    headers: { "HX-Request": "true", "X-CSRFToken": csrf, "X-Outbox-User": who, "X-Outbox-Clock": Date.now() },
  });
  const { status, headers } = answer;
  const text = await answer.text();
  const isStored = headers.get("X-Outbox-Stored") === id;
  const isRefused = [0, 401, 403].includes(status); // 0: sent to another page
  const error = !isRefused && status >= 400 && status < 500 && status;
  refused ||= isRefused;
  if (isStored || error) await settle(entry, error);
  if (id !== mine?.id) return isStored;
  mine = isStored ? null : { ...entry, error };
  const to = headers.get("HX-Redirect");
  if (to) location.assign(to);
  else if (isStored || error) htmx.swap({ target: "#entry", swap: "outerHTML show:top", sourceElement: document.body, text });
  return 0;
}

async function show(sent = 0) {
  const entries = (await all().catch(() => (mine ? [mine] : []))).map((entry) => ({ ...entry, state: stateOf(entry) }));
  const among = (state) => entries.filter((entry) => entry.state === state).length;
  const said = sent ? "sent" : ["fix", "kept", "signin", "other"].find(among);
  count = entries.length - among("other");
  if (mine && !entries.some(({ id }) => id === mine.id)) return location.assign("/"); // another page sent it
  if (sent && location.pathname === "/" && !theForm()) return location.reload();
  chip.hidden = !said;
  chip.textContent = chip.dataset[said]?.replace("{n}", sent || among(said));
  if (sent) chip.href = "/";
  byId("kept")?.classList.toggle("refused", refused);
  document.dispatchEvent(new CustomEvent("outbox", { detail: entries }));
}

function stateOf({ who: owner, error }) {
  if (owner !== who) return who ? "other" : "signin";
  return error ? "fix" : refused ? "signin" : "kept";
}

// Capturing, so that htmx does not send what is kept.
document.addEventListener("submit", submit, true);

async function submit(event) {
  const { target, submitter } = event;
  if (target.matches("[action$='/logout/']")) return leave(event);
  if (!target.matches("[data-outbox]") || submitter?.hasAttribute("formaction")) return;
  const data = [...new FormData(target, submitter)];
  if (data.some(([, { size }]) => size)) return; // a file
  const id = mine && mine.error !== 409 ? mine.id : (target.dataset.entry ?? newId());
  if (unkept) {
    target.elements.uuid.value = target.dataset.entry = id;
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  if (busy) return;
  busy = true;
  const fields = data.filter(([name, { type }]) => !type && name !== "csrfmiddlewaretoken");
  const entry = { id, who, url: new URL(target.action).pathname, title: target.dataset.outbox, fields, at: Date.now() };
  try {
    await store((entries) => {
      if (mine) entries.delete(mine.id);
      entries.put(entry);
    });
    mine = entry;
    navigator.storage.persist?.();
    const late = setTimeout(showKept, LATE, true);
    await flush();
    clearTimeout(late);
    if (mine && !mine.error) showKept(true);
  } catch {
    say("storage");
    target.requestSubmit(submitter);
  }
  busy = false;
}

function showKept(yes) {
  theForm().hidden = yes;
  byId("kept").hidden = !yes;
  if (yes) byId("kept").focus();
}

document.addEventListener("click", async ({ target }) => {
  const undo = target.closest("[data-undo]");
  const id = undo && (undo.dataset.undo || mine?.id);
  if (!id) return;
  await locked(() => store((entries) => entries.delete(id)));
  if (id === mine?.id) {
    mine = null;
    showKept(false);
  }
  show();
});

// It took the place of another entry.
document.addEventListener("htmx:after:request", async ({ detail }) => {
  if (!mine?.error || !detail.ctx.response.headers.get("X-Outbox-Stored")) return;
  await settle(mine);
  mine = null;
  show();
});

function leave(event) {
  if (count && !confirm(chip.dataset.leave.replace("{n}", count))) event.preventDefault();
  else for (const name of ["who", "units", `plan:${who}`]) localStorage.removeItem(name);
}

function say(why) {
  unkept = why;
  for (const line of document.querySelectorAll("[data-unkept]")) line.hidden = line.dataset.unkept !== why;
}

async function whyNot() {
  if (!isSecureContext) return "http";
  try {
    await store((entries) => {
      entries.put({ id: "" });
      entries.delete("");
    });
    const { quota, usage } = await navigator.storage.estimate();
    return quota - usage < 1e6 ? "storage" : "";
  } catch {
    return "storage";
  }
}

let { who, units } = document.documentElement.dataset;
try {
  if (who) Object.assign(localStorage, { who, units });
  else who = localStorage.who;
} catch {
  // Storage is forbidden; whyNot finds out.
}

if (theForm()) {
  say(await whyNot());
  const asked = !unkept && (await all()).find((entry) => `#${entry.id}` === location.hash && entry.who === who);
  // Opened to be corrected: offline.js fills it in, then the server says again what is wrong.
  if (asked) {
    await store((entries) => entries.put((mine = { ...asked, error: 0 })));
    await show();
    theForm().inert = true;
  }
}
if (who) navigator.serviceWorker?.register("/sw.js").catch(() => {});
setInterval(flush, AGAIN);
addEventListener("online", flush);
document.addEventListener("visibilitychange", () => document.hidden || flush());
await flush();
if (mine) theForm().inert = false;
