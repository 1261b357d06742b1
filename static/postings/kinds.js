// Shows only the fields that the chosen kind of work asks for; without this script all are shown.
const form = document.querySelector("form[data-kind]");
const choice = form?.querySelector("select[name=kind]");

function show() {
  const kind = choice ? choice.value : form.dataset.kind;
  form.querySelectorAll("[data-kinds]").forEach((part) => {
    part.hidden = !part.dataset.kinds.split(" ").includes(kind);
  });
}

if (form) {
  choice?.addEventListener("change", show);
  show();
}
