// Tabs and devices agree: what the server merged goes to the content, unless the content has gone on since.

export function agree({ bases, outbox, say, count }, states) {
  for (const { field, subContent, value } of states) {
    const isKnown = value === (bases.get(`${subContent}/${field}`) ?? null);
    if (!isKnown && !outbox.holds(field, subContent)) say({ name: "state", field, subContent, value, seen: count });
  }
}

// Nothing is left to send: one came back to this tab, or another tab has carried what this one said. What was done
// elsewhere meanwhile is asked for.
export async function agreeAnew(recording) {
  if (document.hidden || !recording.outbox.isEmpty) return;
  const said = await recording.ask().catch(() => null);
  if (said?.play === recording.play) agree(recording, said.state);
}
