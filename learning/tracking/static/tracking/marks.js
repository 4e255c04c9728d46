// Words of a lesson that one marks: a bar for what is selected, and light on what is marked. A browser without
// highlights shows the marks in the list alone.

const reading = document.querySelector(".player .reading");
const plain = (text) => text.replace(/\s+/g, " ").trim();

// Where each letter stands. Blank space is left out: what breaks lines differs between a selection and a page.
function lettersOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const letters = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    [...node.data].reduce((offset, letter) => {
      if (letter.trim()) letters.push({ letter, node, offset });
      return offset + letter.length;
    }, 0);
  }
  return letters;
}

function rangeOf(passage, letters, text) {
  const wanted = passage.replace(/\s+/g, "");
  const start = text.indexOf(wanted);
  if (!wanted || start < 0) return null;
  const [first, last] = [letters.at(start), letters.at(start + wanted.length - 1)];
  const range = new Range();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset + last.letter.length);
  return range;
}

export function lightUp(section) {
  if (!reading) return;
  const letters = lettersOf(reading);
  const text = letters.map(({ letter }) => letter).join("");
  const ranges = [...section.querySelectorAll("[data-marked]")].map((note) => {
    const range = rangeOf(note.dataset.marked, letters, text);
    const link = range && note.querySelector(".note__place a");
    link?.addEventListener("click", () => setTimeout(() => show(range)));
    return range;
  });
  if (window.CSS?.highlights) CSS.highlights.set("own-marks", new Highlight(...ranges.filter(Boolean)));
}

function show(range) {
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
}

// The heading beneath which the selection begins.
function partOf(range) {
  const before = [...reading.querySelectorAll(":scope > h2[id]")].filter((heading) => {
    const end = new Range();
    end.selectNodeContents(heading);
    return end.compareBoundaryPoints(Range.START_TO_START, range) <= 0;
  });
  return before.at(-1)?.id ?? "";
}

function selected(longest) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const passage = plain(selection.toString());
  if (!passage || passage.length > longest || !reading.contains(range.commonAncestorContainer)) return null;
  return { passage, part: partOf(range) };
}

function put(form, { passage, part }) {
  form.elements.passage.value = passage;
  if (form.elements.part) form.elements.part.value = part;
}

export function watchSelection(section) {
  if (!reading) return;
  const bar = () => section.querySelector("[data-mark]");
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    const found = selected(Number(section.dataset.longest));
    if (found) put(bar(), found);
    // A tap on the bar itself ends the selection: what is chosen stays for that long.
    waiting = setTimeout(() => (bar().hidden = !found), found ? 150 : 400);
  });
  section.addEventListener("click", (event) => {
    if (!event.target.closest("[data-write]")) return;
    const { passage, part } = bar().elements;
    const form = section.querySelector("#new-note");
    const quote = form.querySelector("[data-passage]");
    put(form, { passage: passage.value, part: part.value });
    [quote.textContent, quote.hidden, bar().hidden] = [passage.value, false, true];
    form.elements.text.focus();
  });
}
