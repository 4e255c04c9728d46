// Reads a question's answer from its fields, and writes one into them, in the form that the server keeps. Each kind of
// question names the control that it shows.

const rowsOf = (question) =>
  [...question.querySelectorAll("[data-row]")].sort((a, b) => a.dataset.row - b.dataset.row);

const gapsOf = (question) =>
  [...question.querySelectorAll("[data-gap]")].sort((a, b) => a.dataset.gap - b.dataset.gap);

const checkedValues = (question) =>
  [...question.querySelectorAll("input:checked")].map((input) => input.value);

const textIn = (question) => question.querySelector("input[type=text], textarea");

const place = (text) => (text === "" ? null : Number(text));

const gapValue = (gap) => (gap.tagName === "SELECT" ? place(gap.value) : gap.value);

const readers = {
  place: (question) => place(checkedValues(question)[0] ?? ""),
  places: (question) => checkedValues(question).map(Number),
  truth: (question) => ({ true: true, false: false })[checkedValues(question)[0]] ?? null,
  text: (question) => textIn(question).value,
  rows: (question) => rowsOf(question).map((row) => place(row.querySelector("select").value)),
  gaps: (question) => gapsOf(question).map(gapValue),
};

export function read(question) {
  return readers[question.dataset.control](question);
}

export const isAnswered = (question) =>
  [read(question)].flat().some((part) => part !== null && String(part).trim() !== "");

export function write(question, answer) {
  const control = question.dataset.control;
  if (control === "text") {
    textIn(question).value = answer ?? "";
  } else if (control === "gaps") {
    gapsOf(question).forEach((gap, index) => {
      gap.value = answer?.[index] ?? "";
    });
  } else if (control === "rows") {
    rowsOf(question).forEach((row, index) => {
      row.querySelector("select").value = answer?.[index] ?? "";
    });
  } else {
    const chosen = new Set([answer ?? []].flat().map(String));
    for (const input of question.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      input.checked = chosen.has(input.value);
    }
  }
  question.dispatchEvent(new CustomEvent("quiz:written"));
}
