// The page: shows the model that the server computes, and sends answers back. No behaviour of the portal is decided here.

import { make, rich } from "./dom.js";
import { show } from "./fields.js";
import { panels, sourceDialog } from "./panels.js";
import { ask, change, listen } from "./server.js";

const REVIEW = "review + create";
const part = (id) => document.getElementById(id);
const fixed = document.getElementById("model"); // in an exported page the model stands in the page itself
const picture = new URLSearchParams(location.hash.slice(1)).has("panel"); // of a page that nobody can press
const state = { model: null, tab: null };
const side = panels(part("panels"), openSource);

function apply(model) {
  if (!("deploy" in model)) {
    model.deploy = state.model.deploy; // what was shown stays until what is new is known
    deploy(model);
  }
  state.model = model;
  state.tab = visible(state.tab) ?? visible(new URLSearchParams(location.hash.slice(1)).get("tab")) ?? model.steps[0]?.name ?? REVIEW;
  say(model.trouble ?? "");
  document.title = `Create ${model.title}`;
  part("title").textContent = `Create ${model.title}`;
  part("subtitle").textContent = model.subtitle;
  tools();
  render();
  side.show(model);
}

async function deploy(model) {
  try {
    const found = await ask("api/deploy");
    if (state.model !== model) return; // a newer answer asks for itself
    model.deploy = found;
    side.show(model);
  } catch (problem) {
    say(problem.message);
  }
}

const visible = (name) => (name === REVIEW || state.model.steps.some((step) => step.name === name) ? name : null);
const send = (field, value) => change(field, value, apply, say);

function say(text) {
  part("notice").textContent = text;
  part("notice").hidden = !text;
}

function render() {
  tabs();
  const box = part("step");
  const step = state.model.steps.find((one) => one.name === state.tab);
  if (box.shown !== state.tab) {
    box.replaceChildren();
    box.known = null;
    box.shown = state.tab;
    box.inner = make("div");
  }
  if (step) {
    if (!box.contains(box.inner)) box.replaceChildren(make("div", { class: "description" }, rich(step.description)), box.inner);
    show(box.inner, step.fields, send);
  } else {
    box.replaceChildren(...review());
  }
  if (fixed && !picture) for (const input of box.querySelectorAll("input,select,textarea,button:not(.tip-mark,.link)")) input.disabled = true;
  footer();
  mark();
}

function tabs() {
  const names = [...state.model.steps.map((step) => step.name), REVIEW];
  const button = (name) => {
    const step = state.model.steps.find((one) => one.name === name);
    const wrong = step ? step.errors : 0;
    return make(
      "button",
      {
        type: "button", role: "tab", id: `tab-${names.indexOf(name)}`, "aria-controls": "step", "aria-selected": String(name === state.tab), "data-step": name,
        tabindex: name === state.tab ? 0 : -1, disabled: !fixed && (step ? step.locked : state.model.locked), onclick: () => (name === REVIEW ? next(name) : go(name)),
      },
      step ? step.label : "Review + create",
      wrong && step.seen ? make("span", { class: "count", title: `${wrong} to mend` }, String(wrong)) : null,
    );
  };
  const focused = part("tabs").contains(document.activeElement);
  part("tabs").replaceChildren(...names.map(button));
  if (focused) part("tabs").querySelector("[aria-selected=true]").focus();
}

part("tabs").addEventListener("keydown", (event) => {
  const all = [...part("tabs").querySelectorAll("button:not(:disabled)")];
  const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  go(all[(to + all.length) % all.length].dataset.step);
  part("tabs").querySelector("[aria-selected=true]").focus();
});
part("step").addEventListener("submit", (event) => event.preventDefault());

function go(name) {
  state.tab = name;
  render();
  scrollTo(0, 0);
}

async function next(name) {
  if (!fixed) {
    const left = name === REVIEW ? REVIEW : state.tab;
    try {
      apply(await ask("api/pass", { method: "POST", body: JSON.stringify({ step: left }) }));
    } catch (problem) {
      return say(problem.message);
    }
    const step = state.model.steps.find((one) => one.name === state.tab);
    if (state.model.wizard && step?.errors) return say(`${step.errors} to mend on this tab before the next one opens`);
  }
  go(name);
}

function footer() {
  const names = [...state.model.steps.map((step) => step.name), REVIEW];
  const at = names.indexOf(state.tab);
  const total = state.model.steps.reduce((sum, step) => sum + step.errors, 0);
  const forward = at < names.length - 1
    ? make("button", { type: "button", class: "primary", onclick: () => next(names[at + 1]) }, at === names.length - 2 ? "Review + create" : "Next")
    : make("button", { type: "button", class: "primary", disabled: true, title: "The preview deploys nothing" }, total ? `${total} to mend` : "Create");
  part("footer").replaceChildren(
    make("button", { type: "button", disabled: at === 0, onclick: () => go(names[at - 1]) }, "Previous"), forward,
  );
  part("status").textContent = total ? `${total} answers are to be mended` : "Every answer is accepted";
}

function review() {
  const wrong = state.model.steps.filter((step) => step.errors);
  const line = (item) => [make("dt", {}, item.label), make("dd", {}, item.value || "-")];
  return [
    wrong.length
      ? make("div", { class: "words box error" }, make("span", { class: "words-mark" }, "×"), make("div", {}, "Validation failed: ", wrong.map((step) => make("button", { type: "button", class: "link", onclick: () => go(step.name) }, `${step.label} (${step.errors})`))))
      : make("div", { class: "words box success" }, make("span", { class: "words-mark" }, "✓"), make("div", {}, "Validation passed")),
    ...state.model.steps.flatMap((step) => [make("h3", {}, step.label), make("dl", {}, step.review.flatMap(line))]),
  ];
}

function tools() {
  const { plans, plan } = state.model;
  const picker = make("select", { "aria-label": "Plan", onchange: () => call("api/plan", { plan: picker.value }) }, plans.map((one) => make("option", { value: one.id, selected: one.id === plan }, one.label)));
  const load = make("input", { type: "file", accept: ".yaml,.yml,.json", hidden: true, onchange: async () => load.files[0] && call("api/load", { text: await load.files[0].text(), name: load.files[0].name }) });
  const action = (label, onclick) => make("button", { type: "button", onclick }, label);
  part("tools").replaceChildren(
    ...(plans.length > 1 && !fixed ? [picker] : []),
    ...(fixed ? [] : [load, action("Load answers", () => load.click()), make("a", { class: "button", href: "api/answers.yaml", download: "answers.yaml" }, "Save answers"), action("Copy parameter file", copy), action("Start over", () => call("api/reset", {}))]),
    action(dark() ? "Light" : "Dark", () => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; tools(); }),
  );
}

const dark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

async function call(address, body) {
  try {
    apply(await ask(address, { method: "POST", body: JSON.stringify(body) }));
  } catch (problem) {
    say(problem.message);
  }
}

async function copy(event) {
  const button = event.target;
  try {
    await navigator.clipboard.writeText(JSON.stringify(await ask("api/parameters"), null, 2));
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy parameter file"; }, 1500);
  } catch (problem) {
    say(problem.message);
  }
}

async function openSource({ file, line }) {
  try {
    const found = fixed ? state.model.sources?.[file] : (await ask(`api/source?file=${encodeURIComponent(file)}`)).lines;
    if (found) sourceDialog(part("source"), { file, line, lines: found });
  } catch (problem) {
    say(problem.message);
  }
}

/** For whoever takes a picture: the page is complete, and how tall it is. */
function mark() {
  document.documentElement.dataset.ready = state.tab;
  document.documentElement.dataset.height = Math.ceil(document.body.getBoundingClientRect().height);
}

if (fixed) {
  const wanted = new URLSearchParams(location.hash.slice(1));
  if (wanted.get("theme")) document.documentElement.dataset.theme = wanted.get("theme");
  if (wanted.get("panel") === "") document.documentElement.dataset.bare = "true";
  else if (wanted.get("panel")) side.choose(wanted.get("panel"));
  apply(JSON.parse(fixed.textContent));
} else {
  const reload = () => ask("api/state").then(apply, (problem) => say(problem.message));
  reload();
  listen(reload, say);
}
