// Keys for officers who read hundreds of texts: A approves, R goes to the reason (Ctrl+Enter returns from there),
// 1 to 9 take one of the usual reasons, N goes to the next text, ? explains. What has been written is not passed over by
// a slip: A and N then say so and want a second press.
const form = document.querySelector("form[data-keys]");
const wanted = document.querySelector("#keys-on");
const reason = form?.querySelector("textarea");
const help = document.querySelector("#keys-help");
const template = form?.querySelector("select[name=template]");

// After a conflict the page looks as it did: the second half of a double click must not decide on what nobody has read.
form?.addEventListener("submit", (event) => "late" in form.dataset && event.preventDefault());
if (form) setTimeout(() => delete form.dataset.late, 1500);

if (wanted) {
  wanted.checked = localStorage.getItem("vetting-keys") !== "off";
  wanted.addEventListener("change", () => localStorage.setItem("vetting-keys", wanted.checked ? "on" : "off"));
}

// Whether a key may go on: nothing is written, or it was pressed twice.
const said = document.querySelector("#keys-said");
let asked = "";
function sure(key) {
  if (!form || !said || asked === key || !(reason.value.trim() || template?.value)) return true;
  asked = key;
  said.textContent = said.dataset[key];
  said.scrollIntoView({ block: "nearest" });
  return false;
}
function calm() {
  asked = "";
  if (said) said.textContent = "";
}
form?.addEventListener("input", calm);

// The chosen reason goes into the text, where it can be changed before it is sent.
function take(option) {
  if (!option?.value) return;
  reason.value = [reason.value.trim(), option.textContent].filter(Boolean).join("\n");
  template.value = "";
  reason.focus();
}

// Arrow keys walk through the reasons, each of them a change: only Enter takes one. What is still chosen when the
// form is sent goes along as well.
let walking = false;
template?.addEventListener("keydown", (event) => {
  walking = event.key !== "Enter";
  if (event.key !== "Enter" || !template.value) return;
  event.preventDefault();
  take(template.selectedOptions[0]);
});
template?.addEventListener("pointerdown", () => (walking = false));
template?.addEventListener("change", () => walking || take(template.selectedOptions[0]));

reason?.addEventListener("keydown", (event) => {
  if (!wanted?.checked || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.querySelector("button[value=return]")?.click();
});

document.addEventListener("keydown", (event) => {
  if (!wanted?.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (event.key === "?" && help) {
    if (help.open) help.close();
    else help.showModal();
    return;
  }
  if (help?.open) return;
  const key = event.key.toLowerCase();
  const approve = form?.querySelector("button[value=approve]");
  const next = document.querySelector("#next-case");
  if (asked && key !== asked) calm();
  if (key === "a") approve && sure(key) && approve.click();
  else if (key === "r" && reason) {
    event.preventDefault();
    reason.focus();
  } else if (/^[1-9]$/.test(key) && template?.options[key]) {
    event.preventDefault();
    take(template.options[key]);
  } else if (key === "n") next && sure(key) && next.click();
});
