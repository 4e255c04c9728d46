// A password that is typed once can be looked at.

for (const field of document.querySelectorAll("input[type=password]")) {
  const { show, hide } = document.querySelector("[data-show-password]").dataset;
  const button = document.createElement("button");
  const word = () => (field.type === "password" ? show : hide);
  button.type = "button";
  button.className = "button button--quiet";
  button.setAttribute("aria-controls", field.id);
  button.textContent = word();
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    button.textContent = word();
  });
  field.form.addEventListener("submit", () => {
    field.type = "password"; // so that no browser keeps it among what is typed often
  });
  field.after(button);
}
