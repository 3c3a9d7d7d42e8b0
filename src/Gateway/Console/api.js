// The API, with the key of this browser tab. The key stays in sessionStorage: it is gone when the tab is closed.
const storage = "avatar2d.key";

export class Problem extends Error {
  constructor(document, status) {
    super(document.detail ?? document.title ?? `HTTP ${status}`);
    this.code = document.code ?? "unknown";
    this.status = status;
  }
}

export const key = {
  get: () => sessionStorage.getItem(storage),
  set: value => sessionStorage.setItem(storage, value),
  clear: () => sessionStorage.removeItem(storage),
};

async function request(method, path, { body, headers = {}, signal } = {}) {
  const isFile = body instanceof Blob;
  const response = await fetch(path, {
    method, signal,
    headers: { Authorization: `Bearer ${key.get()}`, ...(body && !isFile ? { "Content-Type": "application/json" } : {}), ...headers },
    body: body === undefined ? undefined : isFile ? body : JSON.stringify(body),
  });
  if (response.ok) return response;
  const text = await response.text();
  let problem = { detail: text };
  try { problem = JSON.parse(text); } catch { /* Not ours: a proxy between. */ }
  if (response.status === 401) window.dispatchEvent(new Event("avatar2d:unauthenticated"));
  throw new Problem(problem, response.status);
}

const json = async response => response.status === 204 || response.headers.get("Content-Length") === "0" ? null : response.json();

export const api = {
  get: (path, options) => request("GET", path, options).then(json),
  post: (path, body, options) => request("POST", path, { ...options, body }).then(async r => { const text = await r.text(); return text ? JSON.parse(text) : null; }),
  patch: (path, body, options) => request("PATCH", path, { ...options, body }).then(json),
  remove: path => request("DELETE", path).then(async r => { const text = await r.text(); return text ? JSON.parse(text) : null; }),
  blob: async (path, signal) => URL.createObjectURL(await (await request("GET", path, { signal })).blob()),
  raw: request,
};

// Sends a file in ranges: each is on the gateway's disk when it is answered, and a broken line costs one range at most.
export async function upload(subscriberId, file, name, progress) {
  const started = await api.post(`/v1/subscribers/${subscriberId}/uploads`, { name, sizeBytes: file.size });
  const piece = 4 * 1024 * 1024;
  let sent = 0;
  for (let failures = 0; ;) {
    const end = Math.min(sent + piece, file.size);
    try {
      const response = await request("PUT", `/v1/uploads/${started.id}`, {
        body: file.slice(sent, end), headers: { "Content-Type": "application/octet-stream", "Content-Range": `bytes ${sent}-${end - 1}/${file.size}` },
      });
      const answer = await response.json();
      progress(end / file.size);
      if (response.status === 201) return answer;
      sent = answer.receivedBytes;
      failures = 0;
    } catch (error) {
      if (error instanceof Problem || ++failures > 5) throw error;
      await new Promise(resolve => setTimeout(resolve, 500 * 2 ** failures));
      sent = (await api.get(`/v1/uploads/${started.id}`)).receivedBytes;
    }
  }
}

// Follows a job by server-sent events until it is over.
export async function followJob(jobId, onJob, signal) {
  const response = await request("GET", `/v1/jobs/${jobId}/events`, { signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const data = event.split("\n").filter(line => line.startsWith("data:")).map(line => line.slice(5).trimStart()).join("\n");
      if (data) onJob(JSON.parse(data));
    }
  }
}
