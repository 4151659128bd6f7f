// Draws the dependency graph that the server laid out.

import { draw, make } from "./dom.js";

export function graph({ graph: { boxes, arrows, width, height, box } }) {
  if (!boxes.length) return make("p", {}, "Nothing would be deployed.");
  const at = new Map(boxes.map((one) => [one.id, one]));
  const arrow = ([from, to]) => {
    const [x1, y1] = [at.get(from).x + box.width, at.get(from).y + box.height / 2];
    const [x2, y2] = [at.get(to).x - 5, at.get(to).y + box.height / 2];
    const bend = Math.max(24, (x2 - x1) / 2);
    return draw("path", { class: "arrow", d: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`, "marker-end": "url(#head)" });
  };
  const node = (one) => draw(
    "g",
    { class: `node ${one.change ?? ""}`, transform: `translate(${one.x},${one.y})` },
    draw("title", {}, `${one.name}\n${one.type}`),
    draw("rect", { width: box.width, height: box.height, rx: 4 }),
    draw("text", { x: 8, y: 17 }, short(one.name)),
    draw("text", { x: 8, y: 32, class: "type" }, short(one.type.split("/").slice(-1)[0], 30)),
  );
  const head = draw("defs", {}, draw("marker", { id: "head", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, draw("path", { d: "M0,0 L8,4 L0,8 z" })));
  const picture = draw("svg", { class: "graph", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${boxes.length} resources and what waits for what` }, head, arrows.map(arrow), boxes.map(node));
  return make("div", { class: "scroll", tabindex: 0 }, picture);
}

const short = (text, room = 26) => (text.length > room ? `${text.slice(0, room - 1)}…` : text);
