// Subscribers: found, made, changed; their avatars: uploaded with live verdicts, picked, consented to, activated.
import { api, followJob, upload } from "./api.js";
import { el, notice, spokenFilm, table, tag, verdicts, when } from "./dom.js";

let justReady = null; // The avatar of the last upload: it introduces itself.

export async function subscribersPage({ me, signal }) {
  const list = el("div");
  const search = el("input", { type: "text", id: "search", placeholder: "sip:ana@example.com or +49 30 12345" });

  async function load(after, previous = []) {
    const query = new URLSearchParams(after ? { after } : {});
    if (search.value.trim()) query.set("identity", search.value.trim());
    const page = await api.get(`/v1/subscribers?${query}`, { signal });
    const items = [...previous, ...page.items];
    list.replaceChildren(table([
      { title: "Name", cell: s => el("a", { href: `#/subscribers/${s.id}` }, s.name) },
      { title: "Identities", cell: s => el("span", { class: "mono" }, s.identities.join(", ")) },
      { title: "Avatar", cell: s => s.activeAvatarId ? tag("ready") : el("span", { class: "soft" }, "default") },
      { title: "Video", cell: s => s.videoEnabled ? "on" : "off" },
      { title: "Since", cell: s => when(s.createdAt) },
    ], items, search.value ? "Nobody has this identity." : "No subscribers yet. Create the first one above."),
    page.next ? el("button", { class: "quiet", onclick: () => load(page.next, items) }, "More") : "");
  }

  const name = el("input", { type: "text", id: "name", required: true });
  const identities = el("input", { type: "text", id: "identities", required: true, placeholder: "sip:ana@example.com, +49 30 12345" });
  const create = el("form", { class: "card", onsubmit: async event => {
    event.preventDefault();
    const made = await api.post("/v1/subscribers", { name: name.value, identities: identities.value.split(",").map(i => i.trim()).filter(Boolean) });
    notice(`${made.name} was created.`);
    location.hash = `#/subscribers/${made.id}`;
  } }, el("h2", {}, "New subscriber"), el("div", { class: "fields" },
    el("div", {}, el("label", { for: "name" }, "Name"), name), el("div", {}, el("label", { for: "identities" }, "Identities, with commas between"), identities)),
    el("p", {}, el("button", {}, "Create")));
  await load();
  return [el("h1", {}, "Subscribers"), el("p", { class: "lead" }, "Whose calls carry an avatar."),
    me.scopes.includes("subscribers:write") && !me.subscriberId ? create : "",
    el("section", { class: "card" }, el("form", { class: "row ends", role: "search", onsubmit: event => { event.preventDefault(); load(); } },
      el("div", { class: "grow" }, el("label", { for: "search" }, "Find by identity"), search), el("button", { class: "quiet" }, "Find")), list)];
}

export async function subscriberPage({ me, signal, reload }, id) {
  const [subscriber, avatars] = await Promise.all([api.get(`/v1/subscribers/${id}`, { signal }), api.get(`/v1/subscribers/${id}/avatars?limit=200`, { signal })]);
  const writes = me.scopes.includes("subscribers:write");
  const change = async (what, said) => { await api.patch(`/v1/subscribers/${id}`, what); notice(said); await reload(); };
  const label = el("input", { type: "text", id: "label", maxlength: 24, value: subscriber.label ?? "", placeholder: "as in the settings" });
  const video = el("input", { type: "checkbox", checked: subscriber.videoEnabled, disabled: !writes,
    onchange: () => change({ videoEnabled: video.checked }, video.checked ? "Calls carry the avatar." : "Calls stay voice calls.") });
  const cards = avatars.items.map(avatar => avatarCard({ me, signal, reload, subscriber }, avatar));
  return [
    el("p", {}, el("a", { href: "#/subscribers" }, "Subscribers")),
    el("h1", {}, subscriber.name), el("p", { class: "lead mono" }, subscriber.identities.join(", ")),
    el("section", { class: "avatars" }, el("h2", {}, "Avatars"), cards.length ? el("div", { class: "grid" }, cards) : el("p", { class: "card empty" }, "No avatars yet: upload a photo or video, or pick a character from the gallery.")),
    writes ? uploadCard({ signal, reload }, id) : "",
    el("section", { class: "card" }, el("h2", {}, "Settings"), el("div", { class: "row" }, el("label", { class: "inline" }, video, "Calls carry the avatar")),
      el("div", { class: "fields below" }, el("div", {}, el("label", { for: "label" }, "Label in the picture"), label)),
      writes ? el("p", { class: "row" }, el("button", { class: "quiet", onclick: () => change({ label: label.value }, "The label is kept.") }, "Keep label"),
        subscriber.activeAvatarId ? el("button", { class: "quiet", onclick: () => change({ activeAvatarId: "" }, "The next call shows the default avatar.") }, "Use the default avatar") : null) : ""),
    writes && !me.subscriberId ? el("section", { class: "card" }, el("h2", {}, "Erase"), el("p", { class: "soft" }, "Sources, packages, models, consents, jobs and tokens go for good; live calls lose the picture."),
      el("button", { class: "danger", onclick: async () => {
        if (!confirm(`Erase ${subscriber.name} for good?`)) return;
        const receipt = await api.remove(`/v1/subscribers/${id}`);
        notice(`Erased. Receipt ${receipt.id}.`);
        location.hash = "#/subscribers";
      } }, "Erase for good")) : ""];
}

function avatarCard({ me, signal, reload, subscriber }, avatar) {
  const place = `/v1/subscribers/${avatar.subscriberId}/avatars/${avatar.id}`;
  const writes = me.scopes.includes("subscribers:write");
  const image = el("img", { class: "thumb", alt: `still of ${avatar.name}` });
  const isActive = subscriber.activeAvatarId === avatar.id;
  if (avatar.state === "ready") api.blob(`${place}/thumbnail`, signal).then(url => { image.src = url; }).catch(() => {});
  const film = el("div");
  const play = async () => {
    film.replaceChildren(el("p", { class: "soft", role: "status" }, "It gets ready to speak..."));
    const shown = spokenFilm(await api.blob(`${place}/preview`, signal), avatar.name);
    image.hidden = true; // The film stands in its place.
    film.replaceChildren(shown);
  };
  const consented = async order => {
    try {
      return await api.post(order);
    } catch (error) {
      if (error.code !== "consent_missing" || !await consent(me, place)) throw error;
      return await api.post(order);
    }
  };
  const activate = async () => {
    await consented(`${place}/activate`);
    notice("The next call shows it.");
    await reload();
  };
  const personalize = async () => {
    const job = await consented(`${place}/personalize`);
    notice("The person's own model is being made; it speaks once it is better than the robust one.");
    location.hash = `#/jobs/${job.id}`;
  };
  const isPersonal = avatar.model?.startsWith("mod_");
  if (justReady === avatar.id) {
    justReady = null;
    play().catch(error => film.replaceChildren(el("p", { class: "soft" }, error.message)));
  }
  return el("article", { class: "card", "aria-label": `avatar ${avatar.name}` }, avatar.state === "ready" ? image : "", film,
    el("div", { class: "row spread below" }, el("strong", {}, avatar.name), isActive ? el("span", { class: "tag good" }, "active") : tag(avatar.state)),
    el("p", { class: "soft" }, avatar.gallery ? "gallery character" : `${avatar.kind}, ${when(avatar.createdAt)}${isPersonal ? ", own model" : ""}`),
    avatar.state === "rejected" || avatar.state === "failed" ? (verdicts(avatar.verdicts.filter(v => !v.passed)) ?? el("p", {}, avatar.failure ?? "")) : "",
    el("div", { class: "row" },
      avatar.state === "ready" ? el("button", { class: "quiet", onclick: play }, "Preview") : null,
      avatar.state === "ready" && writes && !isActive ? el("button", { onclick: activate }, "Activate") : null,
      avatar.state === "ready" && writes && avatar.kind === "video" && !isPersonal
        ? el("button", { class: "quiet", title: "Makes a face model of the person; takes half an hour and 20 seconds of talking video", onclick: personalize }, "Personalize") : null,
      writes && avatar.modelBefore
        ? el("button", { class: "quiet", onclick: async () => { await api.post(`${place}/model/rollback`); notice("The model from before speaks again."); await reload(); } }, "Model before") : null,
      writes ? el("button", { class: "danger", onclick: async () => { if (confirm(`Delete ${avatar.name}?`)) { await api.remove(place); notice("Deleted."); await reload(); } } }, "Delete") : null));
}

async function consent(me, place) {
  const person = prompt("Whose face is it? Full name of the person who has consented:");
  if (!person) return false;
  const given = await api.post(`${place}/consents`, { person, textVersion: "console-1" });
  if (given.state === "approved") return true;
  notice(`The consent waits for an operator. Proof: a clip in which ${person} says "${given.phrase}".`);
  return false;
}

function uploadCard({ signal, reload }, id) {
  const bar = el("progress", { max: 100, value: 0, hidden: true, "aria-label": "progress" });
  const said = el("p", { role: "status", class: "soft" }, "JPEG, PNG, WebP, MP4, MOV or WebM. A talking clip of 5 to 10 seconds, face to the camera, gives the best avatar.");
  const found = el("div");
  const file = el("input", { type: "file", id: "file", accept: "image/jpeg,image/png,image/webp,video/mp4,video/quicktime,video/webm", onchange: () => file.files[0] && send(file.files[0]) });
  const box = el("div", { class: "drop" }, el("label", { for: "file" }, "Photo or video"), file, said, bar, found);
  box.addEventListener("dragover", event => { event.preventDefault(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", event => { event.preventDefault(); box.classList.remove("over"); if (event.dataTransfer.files[0]) send(event.dataTransfer.files[0]); });

  async function send(chosen) {
    bar.hidden = false;
    found.replaceChildren();
    file.disabled = true;
    try {
      said.textContent = `Sending ${chosen.name}...`;
      const avatar = await upload(id, chosen, chosen.name.replace(/\.[^.]*$/, "") || "avatar", share => { bar.value = 100 * share; });
      bar.value = 0;
      let last = null;
      await followJob(avatar.jobId, job => { last = job; bar.value = job.percent; said.textContent = `${job.step}${job.etaSeconds ? `, about ${Math.ceil(job.etaSeconds)} s left` : ""}`; }, signal);
      const done = await api.get(`/v1/subscribers/${id}/avatars/${avatar.id}`, { signal });
      said.textContent = done.state === "ready" ? "Ready." : done.failure ?? last?.failure ?? done.state;
      found.replaceChildren(verdicts(done.verdicts) ?? "");
      if (done.state === "ready") {
        justReady = avatar.id;
        await reload();
      }
    } catch (error) {
      said.textContent = error.message;
    } finally {
      bar.hidden = true;
      file.disabled = false;
      file.value = "";
    }
  }

  return el("section", { class: "card", "aria-label": "Upload" }, el("h2", {}, "New avatar"), box, el("p", {}, "Or ", el("a", { href: "#/gallery" }, "pick a character of the gallery"), "."));
}
