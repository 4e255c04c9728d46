// Lines that are put in order: two buttons for each beside its select box. All three keep the others in step.

const rowsOf = (list) => [...list.querySelectorAll("[data-row]")];
const boxOf = (row) => row.querySelector("select");

function number(list) {
  rowsOf(list).forEach((row, place) => {
    boxOf(row).value = String(place);
  });
}

function sort(list) {
  const rows = rowsOf(list);
  if (rows.some((row) => boxOf(row).value === "")) return;
  rows.sort((a, b) => boxOf(a).value - boxOf(b).value).forEach((row) => list.append(row));
}

function move(list, row, place, spoken) {
  const others = rowsOf(list).filter((other) => other !== row);
  const kept = Math.max(0, Math.min(place, others.length));
  list.insertBefore(row, others[kept] ?? null);
  number(list);
  const text = row.querySelector("label").textContent.trim();
  spoken.textContent = list.dataset.moved.replace("{item}", text).replace("{place}", kept + 1);
  boxOf(row).dispatchEvent(new Event("quiz:moved", { bubbles: true }));
}

function button(list, row, word, step, spoken) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  made.textContent = word;
  made.setAttribute("aria-label", `${word}: ${row.querySelector("label").textContent.trim()}`);
  made.addEventListener("click", () => {
    move(list, row, rowsOf(list).indexOf(row) + step, spoken);
    made.focus();
  });
  return made;
}

function enhance(list) {
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  list.after(spoken);
  for (const row of rowsOf(list)) {
    const moves = document.createElement("div");
    moves.className = "rows__moves";
    moves.append(
      button(list, row, list.dataset.up, -1, spoken),
      button(list, row, list.dataset.down, 1, spoken),
    );
    row.append(moves);
    boxOf(row).addEventListener("change", () => {
      if (boxOf(row).value === "") return;
      move(list, row, Number(boxOf(row).value), spoken);
      boxOf(row).focus();
    });
  }
  list.classList.add("is-live");
  list.closest("[data-question]").addEventListener("quiz:written", () => sort(list));
  sort(list);
}

export function enhanceOrdering(form) {
  form.querySelectorAll("[data-ordering]").forEach(enhance);
}
