// Keeps the plan on the phone, for a session logged without a connection (static/js/offline.js).
const box = `plan:${document.documentElement.dataset.who}`;
const HOUR = 3600000; // ms

try {
  const { at = 0 } = JSON.parse(localStorage[box] ?? "{}");
  if (Math.abs(Date.now() - at) > HOUR) await keep();
} catch {
  // No connection or no storage: what is kept stays.
}

async function keep() {
  const answer = await fetch("/sessions/new/");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const plan = page.querySelector("[data-plan]");
  if (!plan?.children.length) return localStorage.removeItem(box);
  for (const part of plan.querySelectorAll("a, svg")) part.remove();
  localStorage[box] = JSON.stringify({ html: plan.outerHTML, plan: page.querySelector("[name=plan]").value, at: Date.now() });
}
