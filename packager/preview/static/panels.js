// The three panels beside the form: outputs, what would be deployed, findings.

import { make } from "./dom.js";
import { graph } from "./graph.js";

const NAMES = { outputs: "Outputs", deploy: "Would deploy", findings: "Findings" };

export function panels(box, openSource) {
  const state = { panel: "outputs", drawn: "table", secrets: false, model: null };
  const tabs = make("div", { class: "tabs small", role: "tablist", "aria-label": "Panels" });
  const body = make("div", { class: "panel", role: "tabpanel", id: "panel", tabindex: 0 });
  box.replaceChildren(tabs, body);

  function render() {
    const model = state.model;
    const counts = { outputs: null, deploy: model.deploy ? model.deploy.resources.length : null, findings: model.findings.length };
    tabs.replaceChildren(...Object.entries(NAMES).map(([name, label]) => make(
      "button",
      { type: "button", role: "tab", "aria-selected": String(name === state.panel), "aria-controls": "panel", onclick: () => { state.panel = name; render(); } },
      counts[name] === null ? label : `${label} (${counts[name]})`,
    )));
    body.replaceChildren(...{ outputs, deploy, findings }[state.panel](model));
  }

  function outputs(model) {
    const shown = state.secrets ? model.outputs : masked(model.outputs, model.secrets);
    const toggle = make("input", { type: "checkbox", onchange: () => { state.secrets = toggle.checked; render(); } });
    toggle.checked = state.secrets;
    return [
      make("p", { class: "panel-head" }, "Parameters that go to the template", model.secrets.length ? make("label", {}, toggle, " Show secrets") : null),
      make("pre", { class: "code" }, JSON.stringify(shown, null, 2)),
      ...(Object.keys(model.application).length ? [make("p", {}, "Read by the managed application itself"), make("pre", { class: "code" }, JSON.stringify(model.application, null, 2))] : []),
    ];
  }

  function deploy(model) {
    if (!model.deploy) return [make("p", {}, "There is no template beside this form.")];
    const { resources, problems, skipped } = model.deploy;
    const button = (kind, label) => make("button", { type: "button", class: "link", "aria-pressed": String(state.drawn === kind), onclick: () => { state.drawn = kind; render(); } }, label);
    return [
      make("p", { class: "panel-head" }, make("span", {}, totals(resources, skipped)), make("span", {}, button("table", "Table"), " ", button("graph", "Graph"))),
      ...problems.map((text) => make("p", { class: `words box ${model.complete ? "error" : "warning"}` }, text)),
      state.drawn === "graph" ? graph(model.deploy) : table(resources),
    ];
  }

  function findings(model) {
    if (!model.findings.length) return [make("p", {}, "Nothing is wrong with the package.")];
    return model.findings.map((one) => make(
      "article",
      { class: "finding" },
      make("p", {}, make("span", { class: `badge ${one.severity}` }, one.severity), " ", make("code", {}, one.rule)),
      make("p", {}, one.message),
      one.file ? make("button", { type: "button", class: "link", onclick: () => openSource(one.source ?? one) }, `${(one.source ?? one).file}:${(one.source ?? one).line}`) : null,
    ));
  }

  return {
    show(model) { state.model = model; render(); },
    choose(panel) { state.panel = panel; },
  };
}

function masked(outputs, secrets) {
  const hidden = (name, one) => (secrets.includes(name) && one.value ? { value: "••••••••" } : one);
  return Object.fromEntries(Object.entries(outputs).map(([name, one]) => [name, hidden(name, one)]));
}

function totals(resources, skipped) {
  const changed = resources.filter((one) => one.change).length;
  const parts = [`${resources.filter((one) => one.change !== "removed").length} resources`];
  if (skipped) parts.push(`${skipped} left out by a condition`);
  if (changed) parts.push(`${changed} changed by the last answer`);
  return parts.join(", ");
}

function table(resources) {
  const undecided = resources.some((one) => one.condition);
  const heads = ["Name", "Type", "Location", ...(undecided ? ["Condition"] : [])];
  return make(
    "table",
    { class: "resources" },
    make("thead", {}, make("tr", {}, heads.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, resources.map((one) => line(one, undecided))),
  );
}

function line(one, undecided) {
  const [provider, ...kinds] = one.type.split("/");
  return make(
    "tr",
    { class: one.change ?? "" },
    make("td", { title: one.id }, one.name, one.change ? make("span", { class: `badge ${one.change}` }, one.change) : null),
    make("td", { class: "whole" }, make("small", {}, provider, "/"), make("br"), kinds.join("/")),
    make("td", { class: "whole" }, one.location ?? ""),
    undecided ? make("td", {}, one.condition ? "undecided" : "") : null,
  );
}

/** The text of a file with one line marked, in a dialog. */
export function sourceDialog(box, { file, line, lines }) {
  const rows = lines.map((text, number) => make("div", { class: number + 1 === line ? "line marked" : "line", "data-number": number + 1 }, text || " "));
  box.replaceChildren(
    make("header", {}, make("h2", {}, `${file}, line ${line}`), make("button", { type: "button", onclick: () => box.close(), "aria-label": "Close" }, "×")),
    make("pre", { class: "code source", tabindex: 0 }, rows),
  );
  box.showModal();
  rows[line - 1]?.scrollIntoView({ block: "center" });
}

