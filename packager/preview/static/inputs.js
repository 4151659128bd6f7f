// The inputs that every element of a form is made of. Each is `(field, id, send) => {node, update(field)}`:
// `send(field, value)` says what was chosen; `update` shows what the server made of it.

import { make, same, set } from "./dom.js";
import { rows } from "./rows.js";

const busy = (node) => document.activeElement === node;
const labelled = (id) => ({ role: "group", "aria-labelledby": `${id}-label`, id });

function typed(make_node, read = (node) => node.value) {
  return (field, id, send) => {
    let now = field;
    const node = make_node(field, id);
    node.addEventListener("input", () => send(now, read(node)));
    return {
      node,
      update(next) {
        now = next;
        const text = next.value === null || next.value === undefined ? "" : String(next.value);
        if (!busy(node) && node.value !== text) node.value = text; // what is being typed is never overwritten
        set(node, "placeholder", next.placeholder);
        set(node, "readonly", next.readOnly);
        node.disabled = !next.enabled;
      },
    };
  };
}

const text = typed((_, id) => make("input", { type: "text", id, spellcheck: "false", autocomplete: "off" }));
const multiline = typed((_, id) => make("textarea", { id, rows: 4, spellcheck: "false" }));
const password = typed((_, id) => make("input", { type: "password", id, autocomplete: "new-password" }));
const date = typed((field, id) => make("input", { type: field.time ? "datetime-local" : "date", id }));

/** Free typing with proposals. */
function combo(field, id, send) {
  const proposals = make("datalist", { id: `${id}-list` });
  const line = typed((_, own) => make("input", { type: "text", id: own, list: `${own}-list`, spellcheck: "false", autocomplete: "off" }))(field, id, send);
  let known = null;
  return {
    node: make("span", { class: "combo" }, line.node, proposals),
    update(next) {
      line.update(next);
      if (same(known, next.options)) return;
      known = next.options;
      proposals.replaceChildren(...known.map((one) => make("option", { value: one.value }, one.label)));
    },
  };
}

/** Any JSON value, for elements whose value nobody describes. */
function json(field, id, send) {
  let now = field;
  const node = make("textarea", { id, rows: 3, spellcheck: "false", class: "code" });
  node.addEventListener("input", () => {
    try {
      send(now, node.value.trim() ? JSON.parse(node.value) : null);
      node.setCustomValidity("");
    } catch {
      node.setCustomValidity("This is not JSON yet");
    }
    node.reportValidity();
  });
  return {
    node,
    update(next) {
      now = next;
      if (!busy(node)) node.value = next.value === null ? "" : JSON.stringify(next.value, null, 2);
    },
  };
}

function check(field, id, send) {
  let now = field;
  const node = make("input", { type: "checkbox", id, onchange: () => send(now, node.checked) });
  return {
    node,
    update(next) {
      now = next;
      node.checked = next.value === true;
      node.disabled = !next.enabled;
    },
  };
}

function choice(field, id, send) {
  let now = field;
  let known = null;
  const node = make("select", { id, onchange: () => send(now, now.options[Number(node.value)].value) });
  return {
    node,
    update(next) {
      now = next;
      const chosen = next.options.findIndex((one) => same(one.value, next.value));
      if (!same(known, [next.options, chosen < 0])) {
        known = [next.options, chosen < 0];
        const none = make("option", { value: "-1", disabled: true, hidden: true }, next.placeholder || "Select a value");
        const items = next.options.map((one, number) => make("option", { value: number, title: one.description }, one.label));
        node.replaceChildren(...(chosen < 0 ? [none] : []), ...items);
      }
      node.value = String(chosen);
      node.disabled = !next.enabled;
    },
  };
}

/** A list to tick in, behind a summary of what is ticked. */
function choices(field, id, send) {
  let now = field;
  const summary = make("summary");
  const filter = make("input", { type: "search", placeholder: "Filter", "aria-label": "Filter", oninput: () => narrow() });
  const all = make("button", { type: "button", class: "link", onclick: () => send(now, now.options.map((one) => one.value)) }, "Select all");
  const none = make("button", { type: "button", class: "link", onclick: () => send(now, []) }, "Clear");
  const list = make("div", { class: "ticks" });
  const node = make("details", { class: "choices", ...labelled(id) }, summary, make("div", { class: "choices-tools" }, filter, all, none), list);
  const chosen = () => (Array.isArray(now.value) ? now.value : []);

  function toggle(option, on) {
    const rest = chosen().filter((value) => !same(value, option.value));
    send(now, on ? now.options.map((one) => one.value).filter((value) => same(value, option.value) || rest.some((other) => same(other, value))) : rest);
  }
  function narrow() {
    const wanted = filter.value.toLowerCase();
    for (const line of list.children) line.hidden = !line.textContent.toLowerCase().includes(wanted);
  }
  return {
    node,
    update(next) {
      now = next;
      all.hidden = next.selectAll === false;
      const labels = next.options.filter((one) => chosen().some((value) => same(value, one.value))).map((one) => one.label);
      summary.textContent = labels.length ? labels.join(", ") : next.placeholder || "Select values";
      list.replaceChildren(...next.options.map((one) => {
        const box = make("input", { type: "checkbox", onchange: () => toggle(one, box.checked) });
        box.checked = chosen().some((value) => same(value, one.value));
        return make("label", {}, box, " ", one.label, one.description ? make("small", {}, one.description) : null);
      }));
      narrow();
    },
  };
}

function radio(field, id, send) {
  let now = field;
  let known = null;
  const node = make("div", { class: "radios", ...labelled(id), role: "radiogroup" });
  return {
    node,
    update(next) {
      now = next;
      if (!same(known, next.options)) {
        known = next.options;
        node.replaceChildren(...known.map((one) => {
          const dot = make("input", { type: "radio", name: id, onchange: () => send(now, one.value) });
          return make("label", {}, dot, " ", one.label);
        }));
      }
      [...node.querySelectorAll("input")].forEach((dot, number) => {
        dot.checked = same(known[number].value, next.value);
        dot.disabled = !next.enabled;
      });
    },
  };
}

function slider(field, id, send) {
  let now = field;
  const say = (node) => () => node.value !== "" && send(now, Number(node.value));
  const range = make("input", { type: "range", id });
  const number = make("input", { type: "number", "aria-labelledby": `${id}-label` });
  const unit = make("span", { class: "unit" });
  range.addEventListener("input", () => { number.value = range.value; say(range)(); });
  number.addEventListener("input", say(number));
  return {
    node: make("span", { class: "slider" }, range, number, unit),
    update(next) {
      now = next;
      for (const node of [range, number]) {
        set(node, "min", next.min);
        set(node, "max", next.max);
        if (!busy(node)) node.value = next.value ?? next.min ?? 0;
        node.disabled = !next.enabled;
      }
      unit.textContent = next.hint ? "" : (next.unit ?? "");
    },
  };
}

function file(field, id, send) {
  let now = field;
  const node = make("input", { type: "file", id, onchange: async () => {
    const read = await Promise.all([...node.files].map((one) => content(one, now.binary)));
    send(now, now.multiple ? read : (read[0] ?? ""));
  } });
  const said = make("span", { class: "hint" });
  return {
    node: make("span", { class: "file" }, node, said),
    update(next) {
      now = next;
      set(node, "accept", next.accept);
      set(node, "multiple", next.multiple);
      const size = (Array.isArray(next.value) ? next.value : [next.value]).reduce((sum, one) => sum + String(one ?? "").length, 0);
      said.textContent = size ? `${size} characters read` : "";
    },
  };
}

async function content(one, binary) {
  if (!binary) return one.text();
  const bytes = new Uint8Array(await one.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

export const inputs = { text, multiline, password, date, combo, json, check, choice, choices, radio, slider, file, rows };
