/* Keys within a table: arrows or j and k go from row to row, the space bar chooses, Shift chooses all between, Enter
   opens. Only the row one stands on is in the order of Tab; letters do nothing outside the table. The box above chooses
   all rows of the page, and how many are chosen is told. */

const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function boxOf(row) {
  return row.querySelector("input[type=checkbox]");
}

function stand(rows, row) {
  for (const other of rows) other.tabIndex = other === row ? 0 : -1;
}

function chooseBetween(rows, from, to, isChosen) {
  const [first, last] = [rows.indexOf(from), rows.indexOf(to)].sort((a, b) => a - b);
  for (const row of rows.slice(first, last + 1)) {
    const box = boxOf(row);
    if (box) box.checked = isChosen;
  }
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

// How many are chosen, said where the buttons are; the box above shows whether these are all, some or none.
function count(rows) {
  const boxes = rows.map(boxOf).filter(Boolean);
  const chosen = boxes.filter((box) => box.checked).length;
  for (const all of document.querySelectorAll("[data-choose-all]")) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && !all.checked;
  }
  for (const told of document.querySelectorAll("[data-chosen]")) {
    told.hidden = !chosen;
    told.querySelector("strong").textContent = `${chosen}/${boxes.length}`;
  }
}

// On a narrow screen, where rows are cards without headings, the box beneath them stands for the one above.
function enlivenChoice(table, rows) {
  for (const all of document.querySelectorAll("[data-choose-all]")) {
    all.hidden = false;
    const label = all.closest("label");
    if (label) label.hidden = table.tHead.offsetHeight > 1;
    all.addEventListener("change", () => {
      chooseBetween(rows, rows[0], rows.at(-1), all.checked);
      count(rows);
    });
  }
  for (const kind of ["change", "keydown", "click"]) table.addEventListener(kind, () => setTimeout(count, 0, rows));
  count(rows);
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
