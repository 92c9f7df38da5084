/** Reads a list of the control API. */
export async function read<T>(path: string): Promise<T> {
  const response = await fetch(`/_control/${path}`);
  if (!response.ok) throw new Error(await response.text());
  const answer: T = await response.json();
  return answer;
}

/** Calls the control API. Throws with its response when it refuses. */
export async function send<T>(path: string, body: unknown, method = 'POST'): Promise<T> {
  const init = method === 'DELETE' ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`/_control/${path}`, init);
  if (!response.ok) throw new Error(await response.text());
  const answer: T = await response.json();
  return answer;
}
