/* Keys within a table: arrows or j and k go from row to row, the space bar chooses, Shift chooses all between, Enter
   opens. Only the row one stands on is in the order of Tab; letters do nothing outside the table. */

import { boxOf, chooseBetween, enlivenChoice } from "./choosing.js";

const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function stand(rows, row) {
  for (const other of rows) other.tabIndex = other === row ? 0 : -1;
}

function moved(event, rows, row) {
  const next = rows[rows.indexOf(row) + STEPS[event.key]];
  if (!next) return;
  if (event.shiftKey) chooseBetween(rows, row, next, true);
  stand(rows, next);
  next.focus();
}

function enliven(table) {
  const rows = [...table.tBodies[0].rows];
  let latest = rows[0];
  stand(rows, rows[0]);

  table.addEventListener("focusin", (event) => {
    const row = event.target.closest("tbody tr");
    if (row) stand(rows, row);
  });

  table.addEventListener("keydown", (event) => {
    const row = event.target.closest("tbody tr");
    const isTyped = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (!row || isTyped || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in STEPS) {
      moved(event, rows, row);
    } else if (event.target === row && event.key === " " && boxOf(row)) {
      boxOf(row).click();
    } else if (event.target === row && event.key === "Enter") {
      row.querySelector("a[href]")?.click();
    } else return;
    event.preventDefault();
  });

  table.addEventListener("click", (event) => {
    if (!event.target.matches("tbody input[type=checkbox]")) return;
    const row = event.target.closest("tr");
    if (event.shiftKey) chooseBetween(rows, latest, row, event.target.checked);
    latest = row;
  });
}

function enlivenAll() {
  const table = document.querySelector("[data-choose-all]")?.closest("table");
  if (table) enlivenChoice(table, [...table.tBodies[0].rows]);
  if (!matchMedia("(any-hover: hover) and (any-pointer: fine)").matches) return;
  for (const table of document.querySelectorAll("[data-table]")) enliven(table);
  for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = false;
  const leadsOn = document.querySelector("[data-table] tbody a[href]");
  for (const hint of document.querySelectorAll("[data-keys-open]")) hint.hidden = !leadsOn;
}

// What was typed has been looked for already: to leave the field takes no choice away.
function keepChoice(event) {
  if (event.target.matches("[data-search-form] input[type=text]")) event.stopPropagation();
}

enlivenAll();
document.addEventListener("w-swap:success", enlivenAll);
document.addEventListener("change", keepChoice, true);
