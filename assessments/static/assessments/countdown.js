// The time that is left, by the clock of the server: the page came with the seconds to go.

const SPOKEN = [300, 60];

export function startCountdown(form, onOver) {
  const line = form.querySelector("[data-countdown]");
  if (!line) return;
  const spoken = form.querySelector("[data-countdown-spoken]");
  const total = Number(form.dataset.secondsLeft);
  const began = Date.now();
  const timer = setInterval(show, 1000);
  let previous = total;

  function words(left) {
    const { minutes, last } = line.dataset;
    return left > 90 ? minutes.replace("{minutes}", Math.ceil(left / 60)) : last.replace("{seconds}", left);
  }

  function show() {
    const left = Math.max(0, total - Math.round((Date.now() - began) / 1000));
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
