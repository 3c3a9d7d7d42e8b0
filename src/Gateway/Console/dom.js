// Small pieces of page. Text always goes in as text: nothing that a person typed becomes markup.
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list" && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const good = ["ready", "succeeded", "approved", "up"];
const bad = ["rejected", "failed", "withdrawn", "refused"];

export const tag = state => el("span", { class: `tag ${good.includes(state) ? "good" : bad.includes(state) ? "bad" : ["queued", "running", "processing", "pending", "asked", "wanted"].includes(state) ? "wait" : ""}` }, state);

export function notice(text, isBad = false) {
  const line = el("div", { class: isBad ? "bad" : "" }, text);
  document.getElementById("notice").append(line);
  setTimeout(() => line.remove(), isBad ? 9000 : 4000);
}

// A table whose rows become cards on a phone.
export function table(columns, rows, empty) {
  if (rows.length === 0) return el("p", { class: "empty" }, empty);
  return el("div", { class: "scroll" }, el("table", { class: "stack" },
    el("thead", {}, el("tr", {}, columns.map(c => el("th", { scope: "col", class: c.number ? "number" : "" }, c.title)))),
    el("tbody", {}, rows.map(row => el("tr", {}, columns.map(c => el("td", { "data-label": c.title, class: c.number ? "number" : "" }, c.cell(row))))))));
}

export const when = text => text ? new Date(text).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : "";

export const since = text => {
  const seconds = Math.max(0, Math.round((Date.now() - new Date(text)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

export const verdicts = list => list.length === 0 ? null : el("ul", { class: "verdicts" }, list.map(v => el("li", { class: v.passed ? "" : "failed" },
  el("span", {}, v.message || v.code), v.advice ? el("span", { class: "advice" }, v.advice) : null)));

// A line over the last minutes.
export function chart(values, title) {
  const top = Math.max(1e-9, ...values);
  const points = values.map((v, i) => `${values.length < 2 ? 0 : (100 * i / (values.length - 1)).toFixed(2)},${(38 - 36 * v / top).toFixed(2)}`);
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 100 40");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "chart");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${title}: now ${values.at(-1) ?? 0}, at most ${top}`);
  for (const [name, text] of [["polygon", `0,40 ${points.join(" ")} 100,40`], ["polyline", points.join(" ")]]) {
    const shape = document.createElementNS(ns, name);
    shape.setAttribute("points", text);
    svg.append(shape);
  }
  return svg;
}

// A film of an avatar that says a sentence, once; a browser that plays no sound unasked shows its button.
export const spokenFilm = (src, name) => el("video", { class: "film", src, controls: true, autoplay: true, playsinline: true, "aria-label": `${name} speaks a sentence` });
