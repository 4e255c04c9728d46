// The time that is left, by the clock of the server.

const SPOKEN = [300, 60];

export function startCountdown(form, clock, onOver) {
  const line = form.querySelector("[data-countdown]");
  if (!line) return;
  const spoken = form.querySelector("[data-countdown-spoken]");
  const due = Number(form.dataset.due);
  const secondsLeft = () => Math.max(0, Math.round((due - clock.now()) / 1000));
  const timer = setInterval(show, 1000);
  let previous = secondsLeft();

  function words(left) {
    const { minutes, last } = line.dataset;
    return left > 90 ? minutes.replace("{minutes}", Math.ceil(left / 60)) : last.replace("{seconds}", left);
  }

  function show() {
    const left = secondsLeft();
    const text = left ? words(left) : line.dataset.over;
    if (line.textContent !== text) line.textContent = text;
    if (SPOKEN.some((mark) => previous > mark && left <= mark)) spoken.textContent = text;
    previous = left;
    if (!left) {
      clearInterval(timer);
      onOver();
    }
  }

  show();
}
