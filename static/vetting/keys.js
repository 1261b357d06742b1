// Keys for officers who read hundreds of texts: A approves, R goes to the reason, N to the next text.
const form = document.querySelector("form[data-keys]");
const wanted = document.querySelector("#keys-on");
const reason = form?.querySelector("textarea");
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

document.addEventListener("keydown", (event) => {
  if (!wanted?.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const key = event.key.toLowerCase();
  if (key === "a") form?.querySelector("button[value=approve]")?.click();
  else if (key === "r" && reason) {
    event.preventDefault();
    reason.focus();
  } else if (key === "n") document.querySelector("#next-case")?.click();
});
