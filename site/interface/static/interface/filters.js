// Folds that stand open where there is room beside the list; elsewhere as the page came.

const ROOM = matchMedia("(min-width: 60rem)");
const folds = [...document.querySelectorAll("details[data-open-with-room]")];
const asSent = folds.map((fold) => fold.open);

function lay() {
  folds.forEach((fold, at) => {
    fold.open = ROOM.matches || asSent[at];
  });
}

ROOM.addEventListener("change", lay);
lay();
