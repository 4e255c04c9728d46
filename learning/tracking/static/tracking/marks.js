// Words of a lesson that one marks: a bar for what is selected, and light on what is marked. A browser without
// highlights shows the marks in the list alone.

const reading = document.querySelector(".player .reading");
const plain = (text) => text.replace(/\s+/g, " ").trim();
const unbroken = (text) => text.replace(/\s+/g, "");

// Where each letter stands, by the units that strings count: a picture letter is two. Blank space is left out: what
// breaks lines differs between a selection and a page.
function lettersOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const letters = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let offset = 0; offset < node.data.length; offset++) {
      const letter = node.data[offset];
      if (letter.trim()) letters.push({ letter, node, offset });
    }
  }
  return letters;
}

function rangeOf(passage, letters, text) {
  const wanted = unbroken(passage);
  const start = text.indexOf(wanted);
  if (!wanted || start < 0) return null;
  const [first, last] = [letters.at(start), letters.at(start + wanted.length - 1)];
  const range = new Range();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset + 1);
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

// Null also across what is folded away or not drawn: the lesson has words there that the selection has not.
function selected(longest) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const passage = plain(selection.toString());
  if (!passage || passage.length > longest || !reading.contains(range.commonAncestorContainer)) return null;
  if (unbroken(passage) !== unbroken(range.toString())) return null;
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
    const form = section.querySelector("#new-note");
    const { passage, part } = bar().elements;
    if (event.target.closest("[data-write]")) {
      put(form, { passage: passage.value, part: part.value });
      bar().hidden = true;
    } else if (event.target.closest("[data-unquote]")) {
      form.elements.passage.value = "";
    } else return;
    form.querySelector("[data-passage]").textContent = form.elements.passage.value;
    form.querySelector("[data-quote]").hidden = !form.elements.passage.value;
    form.elements.text.focus();
  });
}
