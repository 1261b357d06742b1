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
  return moved < 0 ? null : [moved, moved + quote.length];
}

// A deleted clause takes one of the separators around it along.
function widened(text, [first, last]) {
  const separators = /[，、；,;]/;
  if (separators.test(text[last] ?? "")) return [first, last + 1];
  return separators.test(text[first - 1] ?? "") ? [first - 1, last] : [first, last];
}

// A wording that says everything by itself takes the place of the whole clause around the finding: put in the middle
// of it, neither half could be read. A number or dash in front of the clause stays.
const SENTENCE = 10;
function around(text, [first, last]) {
  const ends = /[，。；：！？,;:!?\n]/;
  let begin = first;
  let end = last;
  while (begin > 0 && !ends.test(text[begin - 1])) begin--;
  while (end < text.length && !ends.test(text[end])) end++;
  const front = text.slice(begin, first).match(/^\s*(?:\d+[.、．)）]|[（(]\d+[)）]|[-•·])?\s*/);
  return [begin + front[0].length, end];
}

function replaced(text, found, wording) {
  if (wording === "") return widened(text, found);
  return /^[\u4e00-\u9fff]/.test(wording) && wording.length >= SENTENCE ? around(text, found) : found;
}

// What to put from ``first`` to ``last``. A clause that is said several times is mended everywhere at once, from the
// last place to the first, so that what is still to be mended stays where it was found; one undo takes all of it back.
function mend(text, hint) {
  const { quote, wording } = hint;
  const begins = (hint.starts ?? "").split(" ").filter(Boolean).map((start) => unitsBefore(text, Number(start)));
  const there = begins.map((begin) => [begin, begin + quote.length]).filter(([a, z]) => text.slice(a, z) === quote);
  const places = there.length ? there : [place(text, hint)].filter(Boolean);
  if (!places.length) return null;
  let now = text;
  let first = text.length;
  let after = null;
  for (const found of places.reverse()) {
    // a wording for a whole clause may have taken this place along
    if (found[1] > first) continue;
    const [begin, end] = replaced(now, found, wording);
    after ??= text.length - end;
    now = now.slice(0, begin) + wording + now.slice(end);
    first = begin;
  }
  return { first, last: text.length - after, words: now.slice(first, now.length - after) };
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-wording]");
  if (!button) return;
  const control = document.getElementById(button.dataset.field);
  const mended = mend(control.value, button.dataset);
  if (!mended) {
    announce(button.dataset.gone, "stopped");
    return;
  }
  const { first, last, words } = mended;
  control.focus();
  control.setSelectionRange(first, last);
  // as if typed, so that the browser's undo brings the old words back
  if (!document.execCommand("insertText", false, words)) control.setRangeText(words, first, last, "end");
  control.dispatchEvent(new Event("input", { bubbles: true }));
  announce(button.dataset.done);
});
