/* Suggestions while one types: the ARIA combobox pattern with a list. Without this the form searches as ever. */

const WAIT = 150;
const LEAST = 2;

function setUp(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.parentElement.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id],
    ["aria-expanded", "false"]]) input.setAttribute(name, value);

  let active = -1;
  let timer = 0;
  let asking = new AbortController();

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const options = [...list.children];
    active = options.length ? (place + options.length) % options.length : -1;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    if (active < 0) return;
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    list.replaceChildren(...found.map((one, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = one.url;
      const kind = document.createElement("span");
      kind.className = "meta";
      kind.textContent = one.kind;
      option.append(one.title, " ", kind);
      return option;
    }));
    active = -1;
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? input.dataset.suggestCount.replace("0", found.length) : "";
  }

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const typed = input.value.trim();
    if (typed.length < LEAST) return close();
    try {
      const address = `${input.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const response = await fetch(address, { signal: asking.signal });
      if (response.ok && document.activeElement === input) show((await response.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close(); // away: the form works without
    }
  }

  // Who chooses, or has closed the list, is not overtaken by what was asked for while typing.
  function settle() {
    clearTimeout(timer);
    asking.abort();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") settle();
    if (list.hidden) return;
    if (event.key === "Escape") { event.preventDefault(); close(); }
    if (event.key.startsWith("Arrow")) settle();
    if (event.key === "ArrowDown") { event.preventDefault(); choose(active + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(active < 0 ? -1 : active - 1); }
    if (event.key === "Enter" && active >= 0) { event.preventDefault(); location.assign(list.children[active].dataset.url); }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}

document.querySelectorAll("input[data-suggest]").forEach(setUp);
