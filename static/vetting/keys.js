// Keys for officers who read hundreds of texts: A approves, R goes to the reason (Ctrl+Enter returns from there),
// N goes to the next text, ? explains.
const form = document.querySelector("form[data-keys]");
const wanted = document.querySelector("#keys-on");
const reason = form?.querySelector("textarea");
const help = document.querySelector("#keys-help");
const template = form?.querySelector("select[name=template]");

if (wanted) {
  wanted.checked = localStorage.getItem("vetting-keys") !== "off";
  wanted.addEventListener("change", () => localStorage.setItem("vetting-keys", wanted.checked ? "on" : "off"));
}

// The chosen reason goes into the text, where it can be changed before it is sent.
template?.addEventListener("change", () => {
  if (!template.value) return;
  reason.value = [reason.value.trim(), template.selectedOptions[0].textContent].filter(Boolean).join("\n");
  template.value = "";
  reason.focus();
});

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
  if (key === "a") form?.querySelector("button[value=approve]")?.click();
  else if (key === "r" && reason) {
    event.preventDefault();
    reason.focus();
  } else if (key === "n") document.querySelector("#next-case")?.click();
});
