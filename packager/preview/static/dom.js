// Makes elements. Texts of a package only ever become text nodes: no markup of theirs is read as HTML.

/** An element: attributes by name, `on...` functions as listeners, children as nodes or strings. */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else set(node, name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Set an attribute; `true` sets it empty, `false`, null and undefined take it away. */
export function set(node, name, value) {
  if (value === false || value === null || value === undefined) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Pieces of rich text (see richtext.py) as nodes. */
export function rich(pieces) {
  return pieces.map((piece) => {
    if (piece.mark === "break") return make("br");
    if (piece.mark === "item") return make("span", { class: "bullet" }, "•");
    let node = document.createTextNode(piece.text);
    if (piece.bold) node = make("strong", {}, node);
    return piece.href ? make("a", { href: piece.href, target: "_blank", rel: "noopener noreferrer" }, node) : node;
  });
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

let counter = 0;
export const freshId = (stem) => `${stem}-${++counter}`;

/** An `i` that shows a text while it is pointed at or has the focus. */
export function tip(pieces) {
  const id = freshId("tip");
  return make(
    "span",
    { class: "tip" },
    make("button", { type: "button", class: "tip-mark", "aria-label": "Help", "aria-describedby": id }, "i"),
    make("span", { class: "tip-text", role: "tooltip", id }, rich(pieces)),
  );
}
