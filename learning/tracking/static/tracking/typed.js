// What stands in the fields of notes and not yet at the server: it was typed, or refused.

export const textsOf = (root) => [...root.querySelectorAll("textarea")];
export const isChanged = (text) => text.value !== text.defaultValue || text.matches("[aria-invalid=true]");

// The texts that the server does not have: those of other forms, and what was typed on while this one was on its way.
// Of a new note that is kept that stands alone.
export function unsent(section, sent, words, isKept) {
  const others = textsOf(section).filter((text) => isChanged(text) && !sent.contains(text));
  const own = textsOf(sent).filter((text) => text.value !== words.get(text.id));
  const rest = (text) => {
    const first = words.get(text.id);
    return isKept && text.value.startsWith(first) ? text.value.slice(first.length).trimStart() : text.value;
  };
  return [
    ...others.map(({ id, value }) => ({ id, value })),
    ...own.map((text) => ({ id: text.id, value: rest(text), isTyped: text === document.activeElement })),
  ];
}
