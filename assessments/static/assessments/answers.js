// Reads a question's answer from its fields, and writes one into them, in the form that the server keeps.

const rowsOf = (question) =>
  [...question.querySelectorAll("[data-row]")].sort((a, b) => a.dataset.row - b.dataset.row);

const gapsOf = (question) =>
  [...question.querySelectorAll("[data-gap]")].sort((a, b) => a.dataset.gap - b.dataset.gap);

const checkedValues = (question) =>
  [...question.querySelectorAll("input:checked")].map((input) => input.value);

const textIn = (question) => question.querySelector("input[type=text], textarea");

const place = (text) => (text === "" ? null : Number(text));

const readers = {
  single_choice: (question) => place(checkedValues(question)[0] ?? ""),
  multiple_choice: (question) => checkedValues(question).map(Number),
  true_false: (question) => ({ true: true, false: false })[checkedValues(question)[0]] ?? null,
  short_text: (question) => textIn(question).value,
  matching: (question) => rowsOf(question).map((row) => place(row.querySelector("select").value)),
};
readers.ordering = readers.matching;
readers.written = readers.short_text;
readers.numeric = readers.short_text;
readers.blanks = (question) =>
  gapsOf(question).map((gap) => (gap.tagName === "SELECT" ? place(gap.value) : gap.value));

const isText = (kind) => ["short_text", "numeric", "written"].includes(kind);

export function read(question) {
  return readers[question.dataset.kind](question);
}

export function write(question, answer) {
  const kind = question.dataset.kind;
  if (isText(kind)) {
    textIn(question).value = answer ?? "";
  } else if (kind === "blanks") {
    gapsOf(question).forEach((gap, index) => {
      gap.value = answer?.[index] ?? "";
    });
  } else if (kind === "matching" || kind === "ordering") {
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
