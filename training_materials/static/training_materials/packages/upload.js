// Shows how much of a large file is sent. Without it the form is sent all the same, only silently.

function enhance(form) {
  const status = form.querySelector("[data-upload-status]");
  const progress = form.querySelector("[data-upload-progress]");

  const button = form.querySelector("button[type=submit]");

  const stop = () => {
    progress.hidden = true;
    button.disabled = false;
    status.textContent = form.dataset.failed;
  };

  form.addEventListener("submit", (event) => {
    if (!form.querySelector("input[type=file]").files.length) return;
    event.preventDefault();
    button.disabled = true;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      progress.hidden = false;
      progress.value = total ? (100 * loaded) / total : 0;
      status.textContent = form.dataset.sending.replace("{percent}", Math.floor(progress.value));
    });
    request.addEventListener("error", stop);
    request.addEventListener("load", () => {
      if (request.status >= 500 || request.status === 413) return stop();
      // A refusal is the same form again with the reason; success has led on to the report.
      if (request.responseURL !== form.action) return location.assign(request.responseURL);
      const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-upload]");
      if (!answer) return stop();
      form.replaceWith(answer);
      enhance(answer);
      answer.querySelector("[aria-invalid]")?.focus();
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}

document.querySelectorAll("[data-upload]").forEach(enhance);
