// What every page needs, by attributes only; a page without this file still works.
//   form                          a second submit within five seconds is ignored (data-resubmit allows it)
//   form[data-autosubmit]         a changed select, checkbox or date sends the form
//   [data-copy="text"|"#id"]      copies and says so
//   button[data-reveal="url"]     POSTs, and puts the answer (plain text) in place of the masked text before it
//   [data-shows="#id"]            a checkbox, radio or option (data-shows-value) that opens a part of the form
//   [data-print]                  opens the print window
//   [data-focus]                  is focused when the page opens (error summaries)
//   [data-service-worker="url"]   registers a service worker (data-scope), only where a page asks for it

const words = document.body.dataset;

/**
 * Says a sentence to a screen reader, and shows it for a while at the foot of the window; with a way to take it
 * back ({label, press}) it stays longer, and as long as that has the focus.
 */
export function announce(sentence, tone = "done", action = null) {
  const spoken = document.getElementById("announce");
  if (spoken) spoken.textContent = sentence;
  document.querySelector(".toast-line")?.remove();
  const line = document.createElement("div");
  line.className = `toast-line toast-${tone}`;
  const shown = document.createElement("span");
  shown.setAttribute("aria-hidden", "true");
  shown.textContent = sentence;
  line.append(shown);
  if (action) line.append(pressed(action, line));
  document.body.append(line);
  const end = () => (line.contains(document.activeElement) ? setTimeout(end, 1000) : line.remove());
  setTimeout(end, action ? 12000 : 4000);
}

function pressed({ label, press }, line) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", () => {
    line.remove();
    press();
  });
  return button;
}

/** The header that proves a request came from one of our pages. */
export function proof() {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  return token ? { "X-CSRFToken": token } : {};
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || "resubmit" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), 5000);
});

// Back to a page kept in memory: its forms must work again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});

// What a control did not take is said at the control, before anything is sent and lost.
function say(control, sentence) {
  let line = control.nextElementSibling;
  if (!line?.matches("[data-said]")) {
    if (!sentence) return;
    line = document.createElement("div");
    line.className = "field-error";
    line.dataset.said = "";
    line.setAttribute("role", "alert");
    control.after(line);
  }
  line.textContent = sentence;
  line.hidden = !sentence;
}

// A file that was not taken is named to the server, which answers with why it is missing.
function told(control, heavy) {
  const before = [...(control.form?.querySelectorAll("input[name=too_large]") ?? [])];
  before.filter((line) => line.value === control.name).forEach((line) => line.remove());
  if (!heavy || !control.form) return;
  const line = document.createElement("input");
  Object.assign(line, { type: "hidden", name: "too_large", value: control.name });
  control.after(line);
}

function weigh(control) {
  const heavy = [...control.files].some((file) => file.size > Number(words.largest));
  if (heavy) control.value = "";
  told(control, heavy);
  say(control, heavy ? words.tooLarge : "");
}

document.addEventListener("paste", (event) => {
  const control = event.target;
  if (!control.matches?.("textarea[maxlength], input[maxlength]")) return;
  const pasted = (event.clipboardData?.getData("text") ?? "").replaceAll("\r\n", "\n").length;
  const length = control.value.length - (control.selectionEnd - control.selectionStart) + pasted;
  say(control, length > control.maxLength ? words.tooLong.replace("{most}", control.maxLength) : "");
});

document.addEventListener("change", (event) => {
  const control = event.target;
  if (control.matches("input[type=file]")) weigh(control);
  if (control.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
    control.closest("form[data-autosubmit]")?.requestSubmit();
  }
  if (control.form) showParts(control.form);
});

// Filters left empty stay out of the address.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});

function wanted(control) {
  if (control.matches("select")) return (control.dataset.showsValue ?? "").split(" ").includes(control.value);
  return control.checked;
}

function showParts(root) {
  root.querySelectorAll("[data-shows]").forEach((control) => {
    const part = document.querySelector(control.dataset.shows);
    if (part) part.hidden = !wanted(control);
  });
}

async function copy(button) {
  const what = button.dataset.copy;
  const source = what.startsWith("#") ? document.querySelector(what) : null;
  try {
    await navigator.clipboard.writeText(source ? (source.value ?? source.textContent.trim()) : what);
    announce(words.copied);
  } catch {
    announce(words.failed, "stopped");
  }
}

async function reveal(button) {
  button.disabled = true;
  try {
    const answer = await fetch(button.dataset.reveal, { method: "POST", headers: { Accept: "text/plain", ...proof() } });
    if (!answer.ok) {
      announce(answer.status === 403 ? words.refused : words.failed, "stopped");
      button.disabled = false;
      return;
    }
    const place = button.previousElementSibling;
    place.textContent = (await answer.text()).trim();
    place.tabIndex = -1;
    place.focus();
    button.remove();
  } catch {
    announce(words.failed, "stopped");
    button.disabled = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-reveal], [data-print]");
  if (!button) return;
  if ("copy" in button.dataset) copy(button);
  else if ("reveal" in button.dataset) reveal(button);
  else window.print();
});

document.addEventListener("htmx:configRequest", (event) => Object.assign(event.detail.headers, proof()));
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => announce(words.failed, "stopped"));
}
document.addEventListener("htmx:afterSettle", (event) => showParts(event.target));

showParts(document);

// Of tabs that scroll, the one that is open is in view.
const openTab = document.querySelector(".event-tabs [aria-current]");
if (openTab) openTab.parentElement.scrollLeft = openTab.offsetLeft - openTab.parentElement.offsetLeft - 16;
document.querySelector("[data-focus]")?.focus();

const worker = document.querySelector("[data-service-worker]");
if (worker && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(worker.dataset.serviceWorker, { scope: worker.dataset.scope ?? "/" }).catch(() => {
    announce(words.failed, "stopped");
  });
}
