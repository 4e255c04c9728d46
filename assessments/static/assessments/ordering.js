// Lines that are put in order by two buttons each. The select boxes, which do it without script, hold the answer still.

import { boxOf, make, rowsOf, speaker } from "./rows.js";

const isSet = (list) => rowsOf(list).every((row) => boxOf(row).value !== "");
const textOf = (row) => row.querySelector("label").textContent.trim();

function refresh(list) {
  const rows = rowsOf(list);
  const isAnswer = isSet(list);
  rows.forEach((row, place) => {
    row.querySelector(".rows__place").textContent = isAnswer ? place + 1 : "–";
    const [up, down] = row.querySelectorAll("button");
    up.setAttribute("aria-disabled", place === 0);
    down.setAttribute("aria-disabled", place === rows.length - 1);
  });
  list.classList.toggle("is-set", isAnswer);
  list.nextElementSibling.hidden = isAnswer;
}

function number(list) {
  rowsOf(list).forEach((row, place) => {
    boxOf(row).value = String(place);
  });
  refresh(list);
  list.dispatchEvent(new Event("quiz:moved", { bubbles: true }));
}

function sort(list) {
  if (isSet(list)) rowsOf(list).sort((a, b) => boxOf(a).value - boxOf(b).value).forEach((row) => list.append(row));
  refresh(list);
}

function move(list, row, step, say) {
  const place = rowsOf(list).indexOf(row) + step;
  const others = rowsOf(list).filter((other) => other !== row);
  if (place < 0 || place > others.length) return;
  list.insertBefore(row, others[place] ?? null);
  number(list);
  say(list.dataset.moved.replace("{item}", textOf(row)).replace("{place}", place + 1));
}

function button(word, onPress) {
  const made = make("button", { type: "button", className: "button button--quiet", textContent: word });
  made.addEventListener("click", () => {
    onPress();
    made.focus(); // moving the line has taken it away
  });
  return made;
}

function movesOf(list, row, say) {
  const moves = make("div", { className: "rows__moves" });
  for (const [word, step] of [[list.dataset.up, -1], [list.dataset.down, 1]]) {
    const made = button(word, () => move(list, row, step, say));
    made.setAttribute("aria-label", `${word}: ${textOf(row)}`);
    moves.append(made);
  }
  return moves;
}

function enhance(list) {
  const say = speaker(list);
  const keep = button(list.dataset.keep, () => {
    number(list);
    say(list.dataset.kept);
    list.querySelector("button").focus();
  });
  list.after(keep);
  for (const row of rowsOf(list)) {
    boxOf(row).hidden = true;
    row.prepend(make("span", { className: "rows__place" }));
    row.append(movesOf(list, row, say));
  }
  list.classList.add("is-live");
  list.closest("[data-question]").addEventListener("quiz:written", () => sort(list));
  sort(list);
}

export function enhanceOrdering(form) {
  form.querySelectorAll("[data-ordering]").forEach(enhance);
}
