// Jobs: the list, and one job followed live.
import { api, followJob } from "./api.js";
import { el, notice, table, tag, verdicts, when } from "./dom.js";

export async function jobsPage({ signal, reload }) {
  const page = await api.get("/v1/jobs?limit=100", { signal });
  if (page.items.some(job => ["queued", "running"].includes(job.state))) {
    const timer = setTimeout(reload, 3000);
    signal.addEventListener("abort", () => clearTimeout(timer));
  }
  return [el("h1", {}, "Jobs"), el("p", { class: "lead" }, "Registration of avatars and personalization of models."), el("section", { class: "card" }, table([
    { title: "Job", cell: j => el("a", { href: `#/jobs/${j.id}` }, j.kind) },
    { title: "State", cell: j => tag(j.state) },
    { title: "Progress", cell: j => j.state === "running" ? el("progress", { max: 100, value: j.percent, "aria-label": `${j.percent} %` }) : j.failure ?? j.step },
    { title: "Subscriber", cell: j => el("a", { href: `#/subscribers/${j.subscriberId}` }, "open") },
    { title: "Queued", cell: j => when(j.createdAt) },
  ], page.items, "No jobs yet. An upload makes one."))];
}

export async function jobPage({ me, signal, reload }, id) {
  const job = await api.get(`/v1/jobs/${id}`, { signal });
  const bar = el("progress", { max: 100, value: job.percent, "aria-label": "progress" });
  const state = el("div", { class: "row" });
  const step = el("p", { role: "status" });
  const log = el("pre", { tabindex: 0, "aria-label": "log" });
  const result = el("div");
  const paint = view => {
    bar.value = view.percent;
    bar.hidden = !["queued", "running"].includes(view.state);
    state.replaceChildren(tag(view.state), el("span", { class: "soft" }, `attempt ${view.attempts}`));
    step.textContent = view.failure ?? `${view.step}${view.etaSeconds ? `, about ${Math.ceil(view.etaSeconds)} s left` : ""}`;
    if (Array.isArray(view.result)) result.replaceChildren(verdicts(view.result) ?? "");
  };
  const readLog = async () => { log.textContent = (await api.get(`/v1/jobs/${id}/log`, { signal })).items.map(line => `${line.at.slice(11, 19)}  ${line.text}`).join("\n") || "Nothing yet."; };
  paint(job);
  await readLog();
  const isOver = !["queued", "running"].includes(job.state);
  if (!isOver) followJob(id, view => { paint(view); readLog().catch(() => {}); }, signal).then(() => signal.aborted || reload()).catch(() => {});
  return [el("p", {}, el("a", { href: "#/jobs" }, "Jobs")), el("h1", {}, job.kind === "register" ? "Registration" : "Personalization"),
    el("p", { class: "lead" }, "For ", el("a", { href: `#/subscribers/${job.subscriberId}` }, "this subscriber"), `, ${when(job.createdAt)}.`),
    el("section", { class: "card" }, state, step, bar, result,
      !isOver && me.scopes.includes("subscribers:write") ? el("p", {}, el("button", { class: "danger", onclick: async () => { await api.post(`/v1/jobs/${id}/cancel`); notice("It is being cancelled."); } }, "Cancel")) : ""),
    el("section", { class: "card" }, el("h2", {}, "Log"), log)];
}
