// Choosing rows of a table: the box above chooses all rows of the page, and how many are chosen is told.

export function boxOf(row) {
  return row.querySelector("input[type=checkbox]");
}

export function chooseBetween(rows, from, to, isChosen) {
  const [first, last] = [rows.indexOf(from), rows.indexOf(to)].sort((a, b) => a - b);
  for (const row of rows.slice(first, last + 1)) {
    const box = boxOf(row);
    if (box) box.checked = isChosen;
  }
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
export function enlivenChoice(table, rows) {
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
