import type { JoinAnswer } from '../../shared/club-api.ts';

/** How long an answer may take before it counts as lost. */
const TIMEOUT_MS = 15_000;

/** What became of it; `unknown`: no answer, asking again does no harm. */
export type JoinOutcome = 'joined' | 'closed' | 'unknown';

/** Asks the app to make the customer a member. Never throws. */
export async function joinClub(origin: string, token: () => Promise<string>): Promise<JoinOutcome> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`${origin}/api/membership`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await token()}` },
      signal: controller.signal,
    });
    if (!response.ok && response.status !== 409) return 'unknown';
    const answer: unknown = await response.json();
    if (!isAnswer(answer)) return 'unknown';
    return answer.ok ? 'joined' : 'closed';
  } catch {
    return 'unknown';
  } finally {
    clearTimeout(timer);
  }
}

/** The other side is our own app: enough to tell its answers from those of something in between. */
function isAnswer(body: unknown): body is JoinAnswer {
  return typeof body === 'object' && body !== null && 'ok' in body;
}
