import { useRef, useState } from 'preact/hooks';
import type { AccountClient } from '../../../shared/account-client.ts';
import type { AppReply } from '../../../shared/ask-app.ts';
import type { ClaimAnswer, RefusalReason, ReserveAnswer } from '../../../shared/club-api.ts';

/** Pauses between two questions whose outcome is still unknown, with the same key. */
const RETRY_PAUSES_MS: readonly number[] = [500, 1_000, 2_000, 4_000];

/** What went wrong: the app's reason, or that nothing is known. */
export type SpendProblem = RefusalReason | 'session' | 'unknown';

/** What is under way, for which reward, and what came of the last try. */
export interface Spending {
  busyWith: string | null;
  problem: { rewardId: string; reason: SpendProblem } | null;
  /** Turns a reward into a code, or claims a gift. Returns whether the app did it. */
  take: (rewardId: string, isGift: boolean) => Promise<boolean>;
}

/** Spends on rewards. A try whose outcome is unknown keeps its key: it is asked again and spends once. */
export function useSpending(client: AccountClient): Spending {
  const keys = useRef(new Map<string, string>());
  const [busyWith, setBusyWith] = useState<string | null>(null);
  const [problem, setProblem] = useState<Spending['problem']>(null);
  const take = async (rewardId: string, isGift: boolean) => {
    const key = keys.current.get(rewardId) ?? crypto.randomUUID();
    keys.current.set(rewardId, key);
    setBusyWith(rewardId);
    setProblem(null);
    const ask = () => (isGift ? client.claim(key, rewardId) : client.takeCode(key, rewardId));
    const outcome = await askUntilKnown(ask);
    if (outcome !== 'unknown') keys.current.delete(rewardId);
    setBusyWith(null);
    if (outcome !== 'done') setProblem({ rewardId, reason: outcome });
    return outcome === 'done';
  };
  return { busyWith, problem, take };
}

type Outcome = 'done' | SpendProblem;

async function askUntilKnown(ask: () => Promise<AppReply<ReserveAnswer | ClaimAnswer>>): Promise<Outcome> {
  let outcome = toOutcome(await ask());
  for (const pauseMs of RETRY_PAUSES_MS) {
    if (outcome !== 'unknown') return outcome;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const next = toOutcome(await ask());
    // It was not looked at, which says nothing of the request before it.
    if (next !== 'too_many') outcome = next;
  }
  return outcome;
}

function toOutcome(reply: AppReply<ReserveAnswer | ClaimAnswer>): Outcome {
  if (reply.ok) {
    if (reply.body.ok) return 'done';
    return reply.body.reason === 'pending' ? 'unknown' : reply.body.reason;
  }
  if (reply.cause === 'too_many') return 'too_many';
  return reply.cause === 'session' || reply.cause === 'no_permission' ? 'session' : 'unknown';
}
