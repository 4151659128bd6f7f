// A table that is filled in row by row (EditableGrid, Grid, tags).

import { make, same } from "./dom.js";
import { inputs } from "./inputs.js";

let cells = 0;

export function rows(field, id, send) {
  let now = field;
  let shape = null;
  let lines = [];
  const head = make("tr");
  const body = make("tbody");
  const add = make("button", { type: "button", class: "link", onclick: () => send(now, [...values(), {}]) }, "Add row");
  const node = make("div", { class: "grid", role: "group", id, "aria-labelledby": `${id}-label` }, make("table", {}, make("thead", {}, head), body), add);
  const values = () => (Array.isArray(now.value) ? now.value : []);

  function line(number) {
    const made = now.columns.map((_, column) => {
      const cell = now.cells[number][column];
      return inputs[cell.control](cell, `${id}-${++cells}`, send);
    });
    const remove = make("button", { type: "button", class: "link", "aria-label": `Delete row ${number + 1}`, onclick: () => send(now, values().filter((_, other) => other !== number)) }, "Delete");
    const row = make("tr", {}, made.map((one) => make("td", {}, one.node, make("div", { class: "errors", role: "alert" }))), make("td", {}, remove));
    return { made, row };
  }
  return {
    node,
    update(next) {
      now = next;
      const kinds = [next.columns, next.cells.map((cells) => cells.map((cell) => cell.control))];
      if (!same(shape, kinds)) {
        shape = kinds;
        head.replaceChildren(...next.columns.map((one) => make("th", { scope: "col" }, one.header)), make("th", {}, ""));
        lines = next.cells.map((_, number) => line(number));
        body.replaceChildren(...lines.map((one) => one.row));
      }
      lines.forEach(({ made, row }, number) => made.forEach((one, column) => {
        const cell = next.cells[number][column];
        one.update(cell);
        row.children[column].querySelector(".errors").textContent = cell.errors.join(" ");
      }));
      add.disabled = next.full === true;
    },
  };
}
