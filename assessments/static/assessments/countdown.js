// The time that is left, by the clock of the server. Calm: only when the attempt ends stands there, until little is left.

const LITTLE = 300; // seconds; of a short quiz the last fifth
const LAST = 60;

export function startCountdown(form, clock, onOver) {
  const line = form.querySelector("[data-countdown]");
  if (!line) return;
  const spoken = form.querySelector("[data-countdown-spoken]");
  const ends = line.textContent.trim();
  const due = Number(form.dataset.due);
  const little = Math.max(LAST, Math.min(LITTLE, (due - Number(form.dataset.started)) / 5000));
  const secondsLeft = () => Math.max(0, Math.round((due - clock.now()) / 1000));
  const timer = setInterval(show, 1000);
  let previous = secondsLeft();

  function words(left) {
    const { minutes, last, over } = line.dataset;
    if (!left) return over;
    if (left > little) return ends;
    return left > LAST
      ? minutes.replace("{minutes}", Math.ceil(left / 60))
      : last.replace("{seconds}", Math.ceil(left / 10) * 10);
  }

  function show() {
    const left = secondsLeft();
    const text = words(left);
    if (line.textContent !== text) line.textContent = text;
    form.classList.toggle("is-ending", left <= little);
    if ([little, LAST].some((mark) => previous > mark && left <= mark)) spoken.textContent = text;
    previous = left;
    if (!left) {
      clearInterval(timer);
      onOver();
    }
  }

  show();
}
