// What questions with a select box in each line share.

export const rowsOf = (list) => [...list.querySelectorAll("[data-row]")];

export const boxOf = (row) => row.querySelector("select");

export function make(name, values, parent) {
  const made = Object.assign(document.createElement(name), values);
  parent?.append(made);
  return made;
}

// A line after the list, heard and not seen. Gives how to say something there.
export function speaker(list) {
  const spoken = make("p", { className: "visually-hidden", role: "status" });
  list.after(spoken);
  return (textContent) => Object.assign(spoken, { textContent });
}
