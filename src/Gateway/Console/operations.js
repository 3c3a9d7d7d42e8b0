// Gallery, keys, audit log.
import { api } from "./api.js";
import { el, notice, spokenFilm, table, tag, when } from "./dom.js";

export async function galleryPage({ me, signal }) {
  const [gallery, subscribers] = await Promise.all([api.get("/v1/gallery", { signal }), api.get("/v1/subscribers?limit=200", { signal })]);
  const writes = me.scopes.includes("subscribers:write") && subscribers.items.length > 0;
  const who = el("select", { id: "who" }, subscribers.items.map(s => el("option", { value: s.id }, s.name)));
  const cards = gallery.items.map(character => {
    const image = el("img", { class: "thumb", alt: `character ${character.name}` });
    const film = el("div");
    api.blob(`/v1/gallery/${character.name}/thumbnail`, signal).then(url => { image.src = url; }).catch(() => {});
    return el("article", { class: "card" }, image, film, el("div", { class: "row spread below" }, el("strong", {}, character.name),
      el("span", { class: "row" }, el("button", { class: "quiet", onclick: async () => {
        film.replaceChildren(el("p", { class: "soft", role: "status" }, "It gets ready to speak..."));
        const shown = spokenFilm(await api.blob(`/v1/gallery/${character.name}/preview`, signal), character.name);
        image.hidden = true; // The film stands in its place.
        film.replaceChildren(shown);
      } }, "Preview"), writes ? el("button", { onclick: async () => {
        const avatar = await api.post(`/v1/subscribers/${who.value}/avatars`, { gallery: character.name });
        await api.post(`/v1/subscribers/${who.value}/avatars/${avatar.id}/activate`);
        notice(`${character.name} is in the next call of ${who.selectedOptions[0].textContent}.`);
      } }, "Use") : null)));
  });
  return [el("h1", {}, "Gallery"), el("p", { class: "lead" }, "Drawn characters: nobody's face, ready at once."),
    writes ? el("div", { class: "card" }, el("label", { for: "who" }, "For whom"), who) : "", el("div", { class: "grid" }, cards)];
}

export async function keysPage({ reload, signal }) {
  const page = await api.get("/v1/keys", { signal });
  const name = el("input", { type: "text", id: "keyname", required: true });
  const role = el("select", { id: "role" }, ["viewer", "operator", "admin"].map(r => el("option", { value: r }, r)));
  const days = el("input", { type: "number", id: "days", min: 1, placeholder: "no end" });
  const secret = el("div", { role: "status" });
  return [el("h1", {}, "Keys"), el("p", { class: "lead" }, "Who may do what. A secret is shown once."),
    el("form", { class: "card", onsubmit: async event => {
      event.preventDefault();
      const made = await api.post("/v1/keys", { name: name.value, scopes: [role.value], ...(days.value ? { days: Number(days.value) } : {}) });
      secret.replaceChildren(el("p", {}, "Copy it now; it is not shown again:"), el("pre", { tabindex: 0 }, made.secret), el("button", { class: "quiet", type: "button", onclick: reload }, "Done"));
    } }, el("h2", {}, "New key"), el("div", { class: "fields" }, el("div", {}, el("label", { for: "keyname" }, "Name"), name),
      el("div", {}, el("label", { for: "role" }, "Role"), role), el("div", {}, el("label", { for: "days" }, "Days"), days)), el("p", {}, el("button", {}, "Make key")), secret),
    el("section", { class: "card" }, table([
      { title: "Name", cell: k => k.name },
      { title: "Scopes", cell: k => el("span", { class: "soft" }, k.subscriberId ? "one subscriber" : k.scopes.join(", ")) },
      { title: "Made", cell: k => el("span", { class: "nowrap" }, when(k.createdAt)) },
      { title: "Ends", cell: k => el("span", { class: "nowrap" }, when(k.expiresAt) || "no end") },
      { title: "", cell: k => k.revokedAt ? tag("revoked") : el("button", { class: "danger", onclick: async () => { if (confirm(`Revoke ${k.name}?`)) { await api.remove(`/v1/keys/${k.id}`); await reload(); } } }, "Revoke") },
    ], page.items, "No keys."))];
}

export async function auditPage({ signal }) {
  const list = el("div");
  async function load(before, previous = []) {
    const page = await api.get(`/v1/audit?limit=100${before ? `&before=${before}` : ""}`, { signal });
    const items = [...previous, ...page.items];
    list.replaceChildren(table([
      { title: "When", cell: e => el("span", { class: "nowrap" }, when(e.at)) }, { title: "What", cell: e => e.action }, { title: "Who", cell: e => el("span", { class: "mono" }, e.actor) },
      { title: "Of", cell: e => el("span", { class: "mono" }, e.target ?? "") }, { title: "", cell: e => el("span", { class: "soft" }, e.detail ?? "") },
    ], items, "Nothing has happened yet."), page.next ? el("button", { class: "quiet", onclick: () => load(page.next, items) }, "More") : "");
  }
  await load();
  return [el("h1", {}, "Audit log"), el("p", { class: "lead" }, "Who did what to whom, newest first."), el("section", { class: "card" }, list)];
}
