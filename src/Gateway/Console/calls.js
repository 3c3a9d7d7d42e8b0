// Live calls and the load of the node, every two seconds.
import { api } from "./api.js";
import { chart, el, notice, since, table, tag } from "./dom.js";

const kept = 90; // Figures in a chart.
const moving = 12; // Calls whose pictures are asked for.

export async function callsPage({ me, signal }) {
  const controls = me.scopes.includes("calls:control");
  const history = { calls: [], cpu: [], late: [], delay: [] };
  const figures = el("div", { class: "grid figures" });
  const list = el("div");
  const pictures = new Map();
  let before = null;

  async function refresh() {
    const [load, calls] = await Promise.all([api.get("/v1/load", { signal }), api.get("/v1/calls", { signal })]);
    const seconds = before ? (new Date(load.time) - new Date(before.time)) / 1000 : 0;
    add(history.calls, load.calls);
    add(history.cpu, seconds > 0 ? Math.max(0, 100 * (load.cpuSeconds - before.cpuSeconds) / seconds / load.cores) : 0);
    add(history.late, seconds > 0 ? Math.max(0, load.framesLate - before.framesLate) / seconds : 0);
    add(history.delay, load.firstPictureDelayMs ?? 0);
    before = load;
    figures.replaceChildren(
      figure("Calls", `${load.calls} of ${load.maxCalls}`, history.calls), figure("Processor", `${history.cpu.at(-1).toFixed(0)} %`, history.cpu),
      figure("Late pictures", `${history.late.at(-1).toFixed(1)} /s`, history.late),
      figure("First picture", load.firstPictureDelayMs === null ? "no calls" : `${load.firstPictureDelayMs.toFixed(0)} ms`, history.delay));
    await thumbnails(calls.items);
    const focused = document.activeElement?.dataset?.action;
    list.replaceChildren(table([
      { title: "Face", cell: c => pictures.get(c.callId) ? el("img", { class: "thumb small", src: pictures.get(c.callId), alt: `avatar ${c.avatar}` }) : "voice" },
      { title: "Caller", cell: c => c.subscriberId && me.scopes.includes("subscribers:read") ? el("a", { href: `#/subscribers/${c.subscriberId}` }, "subscriber") : "not known" },
      { title: "Avatar", cell: c => c.avatar?.startsWith("av_") ? "own" : c.avatar ?? "" },
      { title: "Since", number: true, cell: c => since(c.startTime) },
      { title: "Picture", cell: c => tag(c.picture) },
      { title: "Format", cell: c => [c.audioCodec, c.videoCodec, c.video].filter(Boolean).join(", ") },
      { title: "Pictures", number: true, cell: c => c.framesSent },
      { title: "Late", number: true, cell: c => c.framesLate },
      { title: "Voice lost", number: true, cell: c => c.audioPacketsReceived ? `${(100 * c.audioPacketsLost / (c.audioPacketsReceived + c.audioPacketsLost)).toFixed(1)} %` : "" },
      ...(controls ? [{ title: "", cell: c => el("span", { class: "row tight" },
        c.avatar ? el("button", { class: "quiet", "data-action": `p${c.callId}`, onclick: () => picture(c) }, c.picture === "off" ? "Picture on" : "Picture off") : null,
        el("button", { class: "danger", "data-action": `e${c.callId}`, onclick: () => end(c) }, "End")) }] : []),
    ], calls.items, "No calls at the moment. Dial the gateway from any phone."));
    if (focused) list.querySelector(`[data-action="${CSS.escape(focused)}"]`)?.focus();
  }

  async function thumbnails(calls) {
    for (const call of calls.filter(c => c.avatar).slice(0, moving)) {
      const before = pictures.get(call.callId);
      const now = await api.blob(`/v1/calls/${encodeURIComponent(call.callId)}/snapshot`, signal).catch(() => null);
      if (now && before) URL.revokeObjectURL(before);
      pictures.set(call.callId, now ?? before ?? null);
    }
    for (const [id, url] of [...pictures].filter(([id]) => !calls.some(c => c.callId === id))) {
      if (url) URL.revokeObjectURL(url);
      pictures.delete(id);
    }
  }

  async function picture(call) {
    await api.post(`/v1/calls/${encodeURIComponent(call.callId)}/picture`, { on: call.picture === "off" });
    notice(call.picture === "off" ? "The picture is asked for again." : "The picture is off.");
    await refresh();
  }

  async function end(call) {
    if (!confirm("End this call?")) return;
    await api.remove(`/v1/calls/${encodeURIComponent(call.callId)}`);
    await refresh();
  }

  await refresh();
  const timer = setInterval(() => refresh().catch(() => {}), 2000);
  signal.addEventListener("abort", () => clearInterval(timer));
  return [el("h1", {}, "Live calls"), el("p", { class: "lead" }, "Calls of this node; looked at every two seconds."), figures, el("section", { class: "card", "aria-label": "Calls" }, list)];
}

const add = (values, value) => { values.push(value); if (values.length > kept) values.shift(); };

const figure = (title, now, values) => el("section", { class: "card" }, el("h2", {}, title), el("div", { class: "figure" }, now), chart(values, title));
