// Lays out the fields of a step: labels, required marks, help, errors; and keeps what has the focus as it is.

import { freshId, make, rich, set, tip } from "./dom.js";
import { inputs } from "./inputs.js";

const identity = (field) => JSON.stringify([field.path, field.key ?? [], field.control, field.confirm === true]);

/** Make `box` show these fields: known ones are brought up to date, the others made or taken out. */
export function show(box, fields, send) {
  const known = box.known ?? new Map();
  const next = new Map();
  for (const field of fields) {
    const id = identity(field);
    const one = known.get(id) ?? widget(field, send);
    one.update(field);
    next.set(id, one);
  }
  box.known = next;
  const nodes = [...next.values()].map((one) => one.node);
  for (const node of [...box.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, number) => {
    if (box.children[number] !== node) box.insertBefore(node, box.children[number] ?? null);
  });
}

function widget(field, send) {
  if (field.control === "section") return section(field, send);
  if (field.control === "group") return group(field, send);
  if (field.control === "info" || field.control === "note") return words(field);
  return row(field, send);
}

function section(field, send) {
  const title = make("h3", { id: freshId("section") });
  const inner = make("div");
  const node = make("section", { class: "section", "aria-labelledby": title.id, "data-path": field.path }, title, inner);
  return {
    node,
    update(now) {
      title.textContent = now.label;
      title.hidden = !now.label;
      show(inner, now.children, send);
    },
  };
}

/** An element of several inputs: its own label, if any, stands above them as a legend. */
function group(field, send) {
  const legend = make("legend");
  const help = make("span");
  const inner = make("div");
  const errors = make("div", { class: "errors", role: "alert" });
  const node = make("fieldset", { class: "group", "data-path": field.path }, legend, inner, errors);
  return {
    node,
    update(now) {
      legend.replaceChildren(...heading(now), help);
      help.replaceChildren(...(now.toolTip.length ? [tip(now.toolTip)] : []));
      legend.hidden = !now.label;
      show(inner, now.children, send);
      showErrors(errors, now.errors);
    },
  };
}

function words(field) {
  const icon = { info: "i", warning: "!", error: "×" };
  const mark = make("span", { class: "words-mark", "aria-hidden": "true" });
  const text = make("div");
  const node = make("div", { "data-path": field.path }, mark, text);
  return {
    node,
    update(now) {
      node.className = now.control === "info" ? `words box ${now.style}` : "words";
      mark.textContent = now.control === "info" ? (icon[now.style] ?? "") : "";
      mark.hidden = !mark.textContent;
      text.replaceChildren(...rich(now.text), ...link(now));
    },
  };
}

function link(field) {
  if (!field.link) return [];
  return [" ", make("a", { href: field.link.href, target: "_blank", rel: "noopener noreferrer" }, field.link.text)];
}

function row(field, send) {
  const id = freshId("field");
  const label = make("label", { for: id, id: `${id}-label` });
  const help = make("span");
  const errors = make("div", { class: "errors", role: "alert", id: `${id}-errors` });
  const input = (inputs[field.control] ?? inputs.json)(field, id, send);
  const hint = make("span", { class: "hint" });
  const node = make(
    "div",
    { class: `row of-${field.control}`, "data-path": field.path },
    make("div", { class: "label" }, label, help),
    make("div", { class: "input" }, input.node, hint, errors),
  );
  let helped = "";
  return {
    node,
    update(now) {
      label.replaceChildren(...heading(now));
      const wanted = JSON.stringify(now.toolTip);
      if (wanted !== helped) help.replaceChildren(...(now.toolTip.length ? [tip(now.toolTip)] : []));
      helped = wanted;
      hint.textContent = now.hint ?? "";
      hint.hidden = !now.hint;
      input.update(now);
      describe(input.node, node, now, errors.id);
      showErrors(errors, now.errors);
      node.classList.toggle("wrong", now.errors.length > 0);
    },
  };
}

const heading = (field) => [field.label, ...(field.required ? [make("span", { class: "star", "aria-hidden": "true" }, " *")] : [])];

/** What a screen reader says of an input: that it is required, wrong, and why. */
function describe(input, node, field, errorsId) {
  const target = input.matches("input,select,textarea,[role]") ? input : node.querySelector("input,select,textarea");
  if (!target) return;
  set(target, "aria-required", field.required ? "true" : null);
  set(target, "aria-invalid", field.errors.length ? "true" : null);
  set(target, "aria-describedby", field.errors.length ? errorsId : null);
}

function showErrors(box, errors) {
  const wanted = errors.join("\n");
  if (box.shown === wanted) return;
  box.shown = wanted;
  box.replaceChildren(...errors.map((text) => make("p", {}, text)));
}
