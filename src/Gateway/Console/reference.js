// The reference, rendered from the OpenAPI document that the gateway makes of its routes.
import { el } from "./dom.js";

const main = document.getElementById("main");
const text = await fetch("/openapi/v1.json").then(response => response.text());
const api = JSON.parse(text);
const sections = new Map();
for (const [path, item] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(item).filter(([name]) => ["get", "post", "put", "patch", "delete"].includes(name))) {
    const name = operation.tags?.[0] ?? "Other";
    sections.set(name, [...sections.get(name) ?? [], show(method, path, operation)]);
  }
}

main.append(el("h1", {}, api.info.title), el("p", { class: "lead" }, api.info.description),
  ...[...sections].map(([name, operations]) => el("section", { class: "card" }, el("h2", {}, name), operations)));

function show(method, path, operation) {
  const parameters = operation.parameters ?? [];
  const body = Object.entries(operation.requestBody?.content ?? {});
  return el("details", { class: "operation", id: `${method}-${path}` },
    el("summary", {}, el("span", { class: "method" }, method.toUpperCase()), el("span", { class: "mono" }, path), el("span", { class: "soft" }, `  ${operation.summary ?? ""}`)),
    operation.description ? el("p", {}, operation.description) : null,
    parameters.length ? el("p", { class: "soft" }, `Parameters: ${parameters.map(p => `${p.name} (${p.in}${p.required ? ", required" : ""})`).join(", ")}`) : null,
    body.map(([type, media]) => [el("p", { class: "soft" }, `Body: ${type}`), sample(media)]),
    Object.entries(operation.responses ?? {}).filter(([status]) => status !== "default").map(([status, response]) => [
      el("p", { class: "soft" }, `${status}: ${response.description ?? ""}`), Object.values(response.content ?? {}).map(sample)]));
}

function sample(media) {
  const value = media.example ?? (media.schema ? outline(media.schema, 0) : undefined);
  return value === undefined ? null : el("pre", { tabindex: 0 }, JSON.stringify(value, null, 2));
}

// A schema as a value with types in the place of values.
function outline(schema, depth) {
  if (depth > 4) return "...";
  if (schema.$ref) return outline(schema.$ref.split("/").slice(1).reduce((node, name) => node[name.replaceAll("~1", "/")], api), depth + 1);
  const variant = (schema.oneOf ?? schema.anyOf)?.find(s => s.type !== "null");
  if (variant) return outline(variant, depth);
  if (schema.enum) return schema.enum.join(" | ");
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : schema.type;
  if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, outline(property, depth + 1)]));
  if (schema.items) return [outline(schema.items, depth + 1)];
  return type ?? "any";
}
