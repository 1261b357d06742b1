// Ticks every employer at once; without this script each is ticked by hand.
for (const button of document.querySelectorAll("[data-tick-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const box of button.form.querySelectorAll("input[name=arrived]")) box.checked = true;
  });
}
