// The HTTP API of Orderflow, as docs/api.md has it.

/** An answer that is an error: its message says all that is wrong. */
export class ApiError extends Error {
  constructor(status, problem) {
    const faults = (problem.errors ?? []).map((fault) => `${fault.field} ${fault.message}`);
    super([problem.detail ?? problem.error ?? `HTTP ${status}`, ...faults].join(' '));
    this.status = status;
  }
}

/** Longer than an answer takes, but for those that read much from Kafka. */
const LONGEST_MS = 60_000;

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(LONGEST_MS), ...options });
  } catch {
    throw new ApiError(0, { detail: 'Orderflow does not answer. Is it being started again?' });
  }
  const text = await response.text();
  let body;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    body = { detail: text };
  }
  if (!response.ok) {
    throw new ApiError(response.status, body);
  }
  return body;
}

export function get(path) {
  return call(path, { headers: { Accept: 'application/json' } });
}

export function post(path, body = {}, headers = {}) {
  return call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** A new id, as a UUID; crypto.randomUUID is there over HTTPS and on this machine only. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (each) => each.toString(16).padStart(2, '0')).join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A path with parameters; empty ones are left out. */
export function path(base, parameters) {
  const query = Object.entries(parameters)
    .filter(([, value]) => value !== '' && value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return query.length === 0 ? base : `${base}?${query.join('&')}`;
}

/** Does something now and again and again, while the page is seen, until the function that it returns is called. */
export function repeat(milliseconds, work) {
  let timer;
  let stopped = false;
  const round = async () => {
    try {
      if (!document.hidden) {
        await work();
      }
    } finally {
      if (!stopped) {
        timer = setTimeout(round, milliseconds);
      }
    }
  };
  round();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
