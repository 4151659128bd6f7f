// Talks to the server: one question under way at a time, answers typed meanwhile go together with the next.

const pending = new Map();
let running = false;

/** Send one answer; `apply` gets the model that comes of it, `fail` a sentence. */
export function change(field, value, apply, fail) {
  const answer = { path: field.path, key: field.key ?? [], confirm: field.confirm === true };
  const question = JSON.stringify(answer);
  pending.delete(question); // the newest answer comes last
  pending.set(question, { ...answer, value });
  if (!running) flush(apply, fail);
}

async function flush(apply, fail) {
  running = true;
  try {
    while (pending.size) {
      const changes = [...pending.values()];
      pending.clear();
      const model = await ask("api/answers", { method: "POST", body: JSON.stringify({ changes }) });
      if (!pending.size) apply(model);
    }
  } catch (problem) {
    fail(problem.message);
  } finally {
    running = false;
  }
}

/** The JSON that the server answers with. Throws an Error with a sentence for the person at the page. */
export async function ask(address, options = {}) {
  const headers = options.body ? { "Content-Type": "application/json" } : {};
  let answer;
  try {
    answer = await fetch(address, { ...options, headers });
  } catch {
    throw new Error("packager does not answer: was it stopped? Start it again and load this page anew");
  }
  const body = await answer.json().catch(() => ({ error: `The server answered ${answer.status} without a reason` }));
  if (!answer.ok) throw new Error(body.error);
  return body;
}

/** Call `changed` whenever the sources of the form change. */
export function listen(changed, fail) {
  const events = new EventSource("api/events");
  let lost = false;
  events.addEventListener("changed", changed);
  events.onopen = () => lost && changed();
  events.onerror = () => {
    lost = true;
    fail("packager does not answer: was it stopped? Start it again and load this page anew");
  };
}
