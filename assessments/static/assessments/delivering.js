// Sending answers to the server, from the attempt's own page and from any other.

import { csrfToken } from "../interface/csrf.js";

// Resolves to the status and what was said; status 0 where the network is away. The account is that of the page: if
// somebody else has signed in since, in another tab, the server refuses as if nobody had.
export async function deliver(address, kept) {
  const answers = kept.map(({ position, answer, sequence, madeAt }) => ({
    position,
    answer,
    sequence,
    made_at: madeAt,
  }));
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": csrfToken(),
        "X-Account": document.body.dataset.account,
      },
      body: JSON.stringify({ answers }),
      redirect: "manual",
      keepalive: true,
    });
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    return { status: response.status, said: isJson ? await response.json() : {} };
  } catch {
    return { status: 0, said: {} };
  }
}
