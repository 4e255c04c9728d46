// The code of a slip comes in the fragment of its address, which no server sees; then it leaves the address.

const field = document.querySelector("[data-slip-code]");
const code = decodeURIComponent(location.hash.slice(1));
if (code) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
  document.querySelector("[data-slip-year]").focus();
}
