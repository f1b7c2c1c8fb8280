// The timer of training/guided.html.
// Deadlines, never counters: each counts from the one before, so that a busy page adds nothing up.
const page = document.getElementById("entry");
const player = document.getElementById("player");
const form = document.getElementById("log");
const { elements } = form;
const { turns, easier } = JSON.parse(document.getElementById("turns").textContent);
const parts = [...document.querySelectorAll("[data-at], [data-do]")];
const at = Object.fromEntries(parts.map((part) => [part.dataset.at ?? part.dataset.do, part]));
const box = `guided.${page.dataset.runner}`;
const loaded = Date.now();
const LEAD_IN = 5; // seconds
const MOVE = 2; // seconds up, or down
const ASLEEP = 3000; // ms between two ticks: a call, a closed lid
const MINUTE = 60e3; // ms
const OLD = 720 * MINUTE;

let kept; // by the device, turn by turn
let works = false; // in a set, not in the pause before it
let deadline = null; // of this phase; null while paused
let left = 0; // ms of this phase when last looked at
let rest = 0; // ms of a set that was interrupted
let total, timer, seen, since, hurting, audio, lock;
let tones = [];

const now = () => performance.now();
const turn = () => kept.turns[kept.i];
const flag = (name) => read(`guided.${name}`) ?? name === "sound";

const read = (key) => stored(() => JSON.parse(localStorage.getItem(key)));
const write = (key, value) => stored(() => localStorage.setItem(key, JSON.stringify(value)));

// Where nothing can be kept, a reload loses it.
function stored(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

function keep() {
  if (since) kept.spent += now() - since;
  since = deadline && now();
  kept.at = Date.now();
  write(box, kept);
}

function open() {
  page.classList.remove("after", "holds");
  if (!turn()) return fill();
  if (window.AudioContext) audio ??= new AudioContext();
  if (audio) audio.onstatechange = () => tones.length || cues();
  player.showModal();
  at.pause.focus();
  lead(kept.i);
}

function lead(i) {
  enter(i, false, now(), LEAD_IN);
}

function enter(i, work, from = now(), seconds) {
  kept.i = i;
  works = work;
  const { s, gap, text, before, counts, title, exercise } = turn();
  total = 1000 * (work ? s : (seconds ?? gap));
  player.classList.toggle("works", work);
  at.done.hidden = !work || !counts;
  at.title.textContent = title;
  at.figure.replaceChildren(page.querySelector(`[data-drawing="${exercise}"] use`)?.cloneNode() ?? "");
  at.bar.max = kept.turns.length;
  at.bar.value = i;
  at.said.textContent = work ? text : `${before} ${text}`;
  if (flag("voice") && window.speechSynthesis) {
    const words = new SpeechSynthesisUtterance(at.said.textContent);
    words.lang = document.documentElement.lang;
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  }
  run(from, (work && rest) || total);
  if (work) rest = 0;
  keep();
}

function run(from, length) {
  audio?.resume();
  deadline = from + length;
  seen = now();
  since ||= seen;
  paused(false);
  cues();
  tick();
}

function tick() {
  clearTimeout(timer);
  if (now() - seen > ASLEEP) return pause(left);
  seen = now();
  left = deadline - seen;
  if (left > 0) {
    show();
    timer = setTimeout(tick, left % 1000 || 1000);
  } else {
    navigator.vibrate?.(200);
    if (works) done(deadline);
    else enter(kept.i, true, deadline);
  }
}

function done(from) {
  kept.done[turn().field] = turn().amount;
  next(from);
}

function next(from, seconds) {
  if (kept.i + 1 < kept.turns.length) return enter(kept.i + 1, false, from, seconds);
  kept.i += 1;
  player.close();
}

function pause(ms = deadline - now()) {
  if (!deadline) return;
  clearTimeout(timer);
  if (ms > 0) hush();
  left = ms;
  deadline = null;
  keep();
  paused(true);
}

function paused(yes) {
  player.classList.toggle("paused", yes);
  at.pause.ariaLabel = player.dataset[yes ? "go" : "pause"];
  yes ? lock?.release() : awake();
}

async function awake() {
  try {
    if (!document.hidden) lock = await navigator.wakeLock.request("screen");
  } catch {
    at.awake.hidden = false;
  }
}

// What of a set was done before it ended early.
function partly() {
  const { s, each, field } = turn();
  const amount = Math.floor((s - (deadline ? deadline - now() : left) / 1000) / each);
  if (amount > 0) kept.done[field] = amount;
}

const acts = {
  start() {
    const isHigh = elements.pain_before.value >= Number(page.dataset.beforeHigh);
    const due = turns.filter((each) => each.gentle || !isHigh);
    const wall = elements.started_at.valueAsNumber + Date.now() - loaded;
    kept = { id: URL.createObjectURL(new Blob()).slice(-36), plan: elements.plan.value, wall: wall - (wall % MINUTE), turns: due, easier, i: 0, done: {}, spent: 0 };
    if (due.length) open();
  },
  go: open,
  drop() {
    localStorage.removeItem(box);
    page.classList.remove("holds");
  },
  type: () => page.classList.add("after"),
  pause() {
    if (deadline) return pause();
    if (!works) return run(now(), left);
    partly();
    rest = left;
    lead(kept.i);
  },
  back() {
    hush();
    rest = 0;
    lead(works || !kept.i ? kept.i : kept.i - 1);
  },
  skip() {
    hush();
    if (!works) return enter(kept.i, true);
    partly();
    next();
  },
  done() {
    hush();
    done();
  },
  end() {
    if (works) partly();
    player.close();
  },
  sound: toggle,
  voice: toggle,
  hurt() {
    pause();
    if (works) partly();
    // In the pause after a set it is that set that hurts.
    hurting = works || rest || !kept.i ? kept.i : kept.i - 1;
    const { x, easy } = kept.turns[hurting];
    const below = !easy && turn().x === x && kept.easier[x];
    at.easier.hidden = !below;
    at.below.textContent = below?.words;
    player.classList.add("asks");
    at.stopped.focus();
  },
  slip() {
    answer();
    acts.pause();
  },
  easier: () => ease(true),
  leave: () => ease(false),
  stop() {
    answer(true);
    player.close();
  },
};

function answer(isMeant) {
  const chosen = player.querySelector("[name=score]:checked");
  const { field } = kept.turns[hurting];
  if (isMeant) {
    kept.done[field] ??= 0;
    if (chosen?.value) kept.done[`${field}-pain`] = chosen.value;
  }
  if (chosen) chosen.checked = false;
  player.classList.remove("asks");
}

// As many sets of the easier rung as were left, or nothing, take the place of the rest of an exercise.
function ease(isEasier) {
  answer(true);
  const { x, set } = kept.turns[hurting];
  const ahead = kept.turns.slice(hurting + 1);
  const sets = new Set(ahead.filter((each) => each.x === x).map((each) => each.set));
  if (works) sets.add(set);
  const instead = isEasier ? kept.easier[x].turns.filter((each) => each.set <= sets.size) : [];
  kept.turns.splice(hurting + 1, Infinity, ...instead, ...ahead.filter((each) => each.x !== x));
  kept.i = hurting;
  rest = 0;
  next(now(), LEAD_IN);
}

function toggle({ target }) {
  const name = target.dataset.do;
  write(`guided.${name}`, !flag(name));
  target.ariaPressed = flag(name);
  hush();
  cues();
}

function show() {
  const { s, each, hold, amount, counts } = turn();
  const past = s - left / 1000;
  const part = past % each;
  const word = part < MOVE ? "up" : part < MOVE + hold ? "hold" : "down";
  const isCounted = works && counts;
  at.ring.style.strokeDashoffset = 100 - (100 * left) / total;
  at.number.textContent = isCounted ? Math.floor(past / each) + 1 : Math.ceil(left / 1000);
  at.each.textContent = isCounted ? `/ ${amount} ${hold === undefined ? "" : player.dataset[word]}` : "";
}

function hush() {
  for (const one of tones) one.stop();
  tones = [];
  window.speechSynthesis?.cancel();
}

// Sound is scheduled ahead on the audio clock: a busy page still beeps on time.
function cues() {
  if (!deadline || !flag("sound") || audio?.state !== "running") return;
  const { s, each, counts } = turn();
  for (const before of [3, 2, 1]) tone(before, 660, 0.1);
  tone(0, 990, 0.3);
  if (works && counts) for (let n = 1; n * each < s; n++) tone(n * each, 520, 0.1);
  else if (works && s >= 20) tone(s / 2, 520, 0.1);
}

function tone(before, hz, length) {
  const start = audio.currentTime + (deadline - now()) / 1000 - before;
  if (start < audio.currentTime) return;
  const one = audio.createOscillator();
  const volume = audio.createGain();
  one.frequency.value = hz;
  volume.gain.setValueAtTime(0.3, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + length);
  one.connect(volume).connect(audio.destination);
  one.start(start);
  one.stop(start + length);
  tones.push(one);
}

// Puts what was done, and nothing else, into the form.
function fill() {
  for (const folded of page.querySelectorAll(".steps details")) folded.open = false;
  for (const input of page.querySelectorAll(".sets input")) input.value = "";
  for (const name in kept.done) put(name, kept.done[name]);
  elements.uuid.value = form.dataset.entry = kept.id;
  if (!elements.plan.value.includes(kept.plan)) elements.plan.value += `,${kept.plan}`;
  elements.duration.value = Math.ceil(kept.spent / MINUTE);
  elements.started_at.valueAsNumber = kept.wall;
  page.classList.toggle("over", !turn());
  page.classList.add("after");
  at.after.focus();
}

function put(name, value) {
  let input = elements[name];
  if (!input) {
    // The plan has changed since.
    input = elements.uuid.cloneNode();
    input.id = input.name = name;
    elements.uuid.after(input);
  }
  input.value = value;
  for (let folded = input.closest("details"); folded; folded = folded.parentNode.closest("details")) folded.open = true;
}

document.addEventListener("click", (event) => {
  const name = event.target.closest("[data-do]")?.dataset.do;
  acts[name]?.(event);
  // A finger leaves the focus on Pause, for the space bar.
  if (name && event.detail && !player.classList.contains("asks")) at.pause.focus();
});

player.addEventListener("keydown", (event) => {
  const name = { " ": "pause", ArrowLeft: "back", ArrowRight: "skip" }[event.key];
  if (!name || player.classList.contains("asks") || (name === "pause" && event.target.matches("button"))) return;
  event.preventDefault();
  acts[name]();
});

// What is saved, or in the outbox, need not be kept twice.
for (const name of ["outbox", "htmx:after:swap"]) document.addEventListener(name, ({ detail }) => {
  if (!form.isConnected || detail.some?.(({ id }) => id === kept?.id)) acts.drop();
});

player.addEventListener("cancel", (event) => {
  event.preventDefault();
  pause();
});

player.addEventListener("close", () => {
  pause();
  keep();
  fill();
});

document.addEventListener("visibilitychange", () => {
  if (deadline) document.hidden ? keep() : awake();
});

for (const name of ["sound", "voice"]) at[name].ariaPressed = flag(name);
page.classList.add("plays");
kept = read(box);
if (kept && page.dataset.saved.includes(kept.id)) acts.drop();
else if (kept) page.classList.add("holds", Date.now() - kept.at > OLD ? "stale" : "recent");
