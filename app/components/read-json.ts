/** JSON of one of the app's own resource routes, or `{ ok: false }`. */
export async function readJson<Answer>(url: string, signal?: AbortSignal): Promise<Answer | { ok: false }> {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
    if (!response.ok) return { ok: false };
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the route is this app's own, and of this very build
    const answer: Answer = await response.json();
    return answer;
  } catch {
    return { ok: false };
  }
}
