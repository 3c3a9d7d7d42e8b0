// The console: one page, sections by the part of the address after '#'.
import { api, key } from "./api.js";
import { el, notice } from "./dom.js";
import { callsPage } from "./calls.js";
import { subscribersPage, subscriberPage } from "./subscribers.js";
import { jobsPage, jobPage } from "./jobs.js";
import { galleryPage, keysPage, auditPage } from "./operations.js";

const main = document.getElementById("main");
const nav = document.getElementById("nav");
const logout = document.getElementById("logout");
let leave = new AbortController();
export let me = null;

const routes = [
  [/^\/calls$/, callsPage], [/^\/subscribers$/, subscribersPage], [/^\/subscribers\/([\w-]+)$/, subscriberPage], [/^\/jobs$/, jobsPage],
  [/^\/jobs\/([\w-]+)$/, jobPage], [/^\/gallery$/, galleryPage], [/^\/keys$/, keysPage], [/^\/audit$/, auditPage],
];

const needed = { "#/calls": "calls:read", "#/keys": "keys:write", "#/audit": "audit:read" };

async function show() {
  leave.abort();
  leave = new AbortController();
  if (!key.get()) return showLogin();
  try {
    me ??= await api.get("/v1/me");
  } catch (error) {
    return showLogin(error.message);
  }
  nav.hidden = logout.hidden = false;
  for (const link of nav.children) {
    const scope = needed[link.getAttribute("href")];
    link.hidden = scope !== undefined && (!me.scopes.includes(scope) || me.subscriberId !== null);
    if (location.hash.startsWith(link.getAttribute("href"))) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const path = location.hash.slice(1);
  const route = routes.map(([pattern, page]) => [pattern.exec(path), page]).find(([match]) => match);
  if (!route) {
    location.hash = me.subscriberId ? `#/subscribers/${me.subscriberId}` : me.scopes.includes("calls:read") ? "#/calls" : "#/subscribers";
    return;
  }
  if (main.contains(document.activeElement)) main.focus({ preventScroll: true }); // What had the focus is about to go: the keyboard stays here.
  main.replaceChildren(el("p", { class: "soft" }, "Loading..."));
  const page = leave.signal;
  try {
    const content = await route[1]({ me, signal: page, reload: show }, ...route[0].slice(1));
    if (!page.aborted) main.replaceChildren(...[content].flat());
  } catch (error) {
    if (!page.aborted) main.replaceChildren(el("h1", {}, "That did not work"), el("p", { role: "alert" }, error.message), el("button", { onclick: show }, "Try again"));
  }
}

function showLogin(message) {
  nav.hidden = logout.hidden = true;
  me = null;
  key.clear();
  const input = el("input", { type: "password", id: "key", autocomplete: "current-password", required: true });
  main.replaceChildren(el("form", { class: "card login", onsubmit: event => { event.preventDefault(); key.set(input.value.trim()); show(); } },
    el("h1", {}, "Log in"), el("p", { class: "lead" }, "With an operator's key, or a subscriber's token."),
    message ? el("p", { role: "alert", class: "tag bad" }, message) : null,
    el("div", { class: "field" }, el("label", { for: "key" }, "Key"), input),
    el("button", {}, "Log in"),
    el("p", { class: "soft" }, "The first key stands in the log of the gateway's first start.")));
  input.focus();
}

document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); main.focus(); }); // '#' is for sections.
logout.addEventListener("click", () => { key.clear(); me = null; location.hash = ""; show(); });
window.addEventListener("hashchange", () => { main.focus(); show(); });
window.addEventListener("avatar2d:unauthenticated", () => { if (me) { me = null; showLogin("The key is no longer valid."); } });
window.addEventListener("unhandledrejection", event => { if (event.reason?.name !== "AbortError") notice(event.reason?.message ?? "Something broke.", true); });
show();
