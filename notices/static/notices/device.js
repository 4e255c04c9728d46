// A device is told by the site once its button is pressed. Where the browser cannot, words stand there and no button.

const PATIENCE = 15_000; // for the site's worker, in milliseconds
const form = document.querySelector("form[data-device]");

if (form) offer();

function offer() {
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!can) return say("cannot");
  if (Notification.permission === "denied") return say("denied");
  form.hidden = false;
  form.addEventListener("submit", switchOn);
}

async function switchOn(event) {
  event.preventDefault();
  say("");
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("denied");
    const { endpoint, keys } = (await subscribe(form.dataset.device)).toJSON();
    for (const [name, value] of Object.entries({ endpoint, ...keys })) form.elements[name].value = value;
    form.submit();
  } catch {
    say("failed");
  }
}

// Anew each time: what the browser has may be of whoever sat here before, or for another key.
async function subscribe(applicationServerKey) {
  const { pushManager } = await Promise.race([navigator.serviceWorker.ready, late()]);
  await (await pushManager.getSubscription())?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

const late = () => new Promise((_done, fail) => setTimeout(() => fail(new Error("no worker")), PATIENCE));

function say(state) {
  for (const words of document.querySelectorAll("[data-device-says]")) words.hidden = words.dataset.deviceSays !== state;
}
