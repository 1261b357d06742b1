// One click puts a lawful wording in place of a clause that the check found.
import { announce } from "../base.js";

// Findings count code points, strings count UTF-16 units: an emoji is one of the former, two of the latter.
function unitsBefore(text, points) {
  let units = 0;
  for (const letter of text) {
    if (points-- <= 0) break;
    units += letter.length;
  }
  return units;
}

// Where the clause is now: where it was found, or, if the text has moved on, where it stands nearest.
function place(text, { start, end, quote }) {
  const first = unitsBefore(text, Number(start));
  const last = unitsBefore(text, Number(end));
  if (text.slice(first, last) === quote) return [first, last];
  const before = text.lastIndexOf(quote, first);
  const moved = before >= 0 ? before : text.indexOf(quote);
  return moved < 0 || !quote ? null : [moved, moved + quote.length];
}

// As if typed, so that the browser's own undo brings the old words back too.
function put(control, [first, last], words) {
  control.focus();
  control.setSelectionRange(first, last);
  const done = words ? document.execCommand("insertText", false, words) : first === last || document.execCommand("delete");
  if (!done) control.setRangeText(words, first, last, "end");
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

// What goes where has been worked out by the server (vetting/mending.py), separators and numbers included.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-wording]");
  if (!button) return;
  const control = document.getElementById(button.dataset.field);
  const { quote, wording, gone, done, undo, undone } = button.dataset;
  const found = place(control.value, button.dataset);
  if (!found) {
    announce(gone, "stopped");
    return;
  }
  const [first] = found;
  put(control, found, wording);
  const press = () => {
    // typed on meanwhile: only what the button put in is taken back
    const last = first + wording.length;
    const same = control.value.slice(first, last) === wording;
    if (same) put(control, [first, last], quote);
    announce(same ? undone : gone, same ? "done" : "stopped");
  };
  announce(done, "done", { label: undo, press });
});
