// Wagtail makes "djng-dji" of "Đường đi": give it the title without marks, đ as d, to make the address from.

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
}

for (const name of ["w-sync:apply", "w-sync:check"]) {
  document.addEventListener(
    name,
    (event) => {
      if (event.target.id === "id_slug" && typeof event.detail?.value === "string") {
        event.detail.value = plain(event.detail.value);
      }
    },
    true,
  );
}
