// Which questions are answered: told in the overview, and before handing in; kept up with what is given.

import { isAnswered } from "./answers.js";

const GIVEN = ["change", "input", "quiz:moved", "quiz:written"];

// Gives ``tell``, which draws all anew around the screen that is shown alone (the last is the end), or none (-1).
export function overview(form, isSingle) {
  const find = (name) => form.querySelector(`[data-${name}]`);
  const [cells, count, gaps, finish] = ["cells", "open-count", "gaps", "finish"].map(find);
  const questions = [...form.querySelectorAll("[data-question]")];
  let shown = -1;

  function cell(link, question, index) {
    const isDone = isAnswered(question);
    link.classList.toggle("is-answered", isDone);
    link.querySelector("[data-cell-state]").textContent = isDone ? cells.dataset.answered : cells.dataset.open;
    if (index === shown) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }

  function gap(question) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${question.id}`;
    link.textContent = gaps.dataset.name.replace("{number}", question.dataset.question);
    item.append(link);
    return item;
  }

  function tell(at = shown) {
    shown = at;
    cells.querySelectorAll("a").forEach((link, index) => cell(link, questions[index], index));
    const open = questions.filter((question) => !isAnswered(question));
    count.textContent = open.length ? count.dataset.text.replace("{count}", open.length) : count.dataset.none;
    gaps.querySelector("p").textContent = open.length ? gaps.dataset.open : count.dataset.none;
    gaps.querySelector("ul").replaceChildren(...open.map(gap));
    gaps.hidden = false;
    // Whoever sees what is missing, on a screen of its own, is not asked a second time.
    const isAtEnd = isSingle() && shown === questions.length;
    const isSure = finish.dataset.finish === "confirmed" || (isAtEnd && open.length > 0);
    finish.value = isSure ? "confirmed" : "ask";
    finish.querySelector("span").textContent = isSure ? finish.dataset.sure : finish.dataset.ask;
  }

  for (const name of GIVEN) form.addEventListener(name, () => tell(), { capture: true });
  return { tell };
}
