/* In the batch, ↑ and ↓ go to the same choice of the row above or below; without this the form works by Tab. */

const form = document.querySelector("[data-batch]");
const rows = form ? [...form.querySelectorAll("[data-row]")] : [];

function choiceOf(row) {
  return row.querySelector("input[type=radio]:checked") ?? row.querySelector("input[type=radio]");
}

function step(row, by) {
  const next = rows[rows.indexOf(row) + by];
  if (!next) return;
  choiceOf(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

form?.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row || event.target.type !== "radio") return;
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  step(row, event.key === "ArrowDown" ? 1 : -1);
});

form?.addEventListener("change", (event) => {
  if (event.target.type === "radio" && event.target.value === "return") {
    event.target.closest("[data-row]").querySelector("input[name^=reason]").toggleAttribute("required", true);
  } else if (event.target.type === "radio") {
    event.target.closest("[data-row]").querySelector("input[name^=reason]").removeAttribute("required");
  }
});

for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = !form;
