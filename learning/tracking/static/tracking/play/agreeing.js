// Tabs and devices agree: what the server merged goes to the content, unless the content has gone on since.

export function agree({ bases, outbox, say, count }, states) {
  for (const { field, subContent, value } of states) {
    const isKnown = value === (bases.get(`${subContent}/${field}`) ?? null);
    if (!isKnown && !outbox.holds(field, subContent)) say({ name: "state", field, subContent, value, seen: count });
  }
}

// Whoever comes back to a tab sees what was done elsewhere meanwhile.
export function agreeWhenSeen(recording, play, ask) {
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden || !recording.outbox.isEmpty) return;
    const said = await ask().catch(() => null);
    if (said?.play === play) agree(recording, said.state);
  });
}
