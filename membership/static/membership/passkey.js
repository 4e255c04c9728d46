// A passkey is made or opened when its button is pressed. Where the browser cannot, there is no button.

const makes = window.PublicKeyCredential;

if (makes?.parseCreationOptionsFromJSON && makes.parseRequestOptionsFromJSON) {
  document.querySelectorAll("form[data-passkey]").forEach(offer);
}

function offer(form) {
  const part = (name) => form.querySelector(`[data-passkey-${name}]`);
  part("offer").hidden = false;
  part("without")?.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    part("refused").hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await sign(form));
      form.submit();
    } catch {
      part("refused").hidden = false; // by the person, their device or the network
    }
  });
}

async function sign(form) {
  const isNew = form.dataset.passkey === "new";
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  if (isNew) body.set("new", "yes");
  const response = await fetch(form.dataset.challenge, { method: "POST", body });
  if (!response.ok) throw new Error(`no challenge: ${response.status}`);
  const { publicKey } = await response.json();
  const signed = isNew
    ? await navigator.credentials.create({ publicKey: makes.parseCreationOptionsFromJSON(publicKey) })
    : await navigator.credentials.get({ publicKey: makes.parseRequestOptionsFromJSON(publicKey) });
  return signed.toJSON();
}
