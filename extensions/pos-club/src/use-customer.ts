import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ClubRedemption, ReserveWish } from '../../shared/club-api.ts';
import type { StaffCustomer } from '../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../shared/staff-client.ts';
import {
  applyOpen,
  type Attempt,
  newAttempt,
  type SpendProblem,
  type SpendPorts,
  spend,
  type Spent,
  undo,
} from './spend.ts';
import { isOnCart, type Till } from './till.ts';
import { useFollowed, useIsOffline } from './use-followed.ts';

/** What the page of a customer knows. */
export interface CustomerState {
  step: 'loading' | 'ready' | 'unreachable';
  customer: StaffCustomer | null;
  /** Why it could not be read. */
  cause: StaffCause | null;
  isBusy: boolean;
  problem: SpendProblem | 'joined_not' | null;
  isOffline: boolean;
  /** The open redemption's code is on this cart. */
  isApplied: boolean;
  /** An attempt whose outcome is not known. */
  unsure: Attempt | null;
}

/** What staff can do for the customer. None throws. */
export interface CustomerActions {
  reload: () => void;
  spend: (wish: ReserveWish, consentCode?: string) => void;
  askAgain: () => void;
  apply: (redemption: ClubRedemption) => void;
  undo: (redemption: ClubRedemption) => void;
  join: () => void;
  claim: (rewardId: string, consentCode?: string) => void;
  /** The key of the attempt that a code is sent for. */
  attemptKey: string;
}

/** Reads a customer for the till's cart, again whenever the cart changes, and acts for them. */
export function useCustomer(
  till: Till,
  client: StaffClient,
  customerId: string,
): { state: CustomerState; actions: CustomerActions } {
  const cart = useFollowed(till.cart.current);
  const isOffline = useIsOffline(till);
  const { customer, cause, read, readAgain } = useReading({
    till,
    client,
    customerId,
    isOffline,
    subtotal: cart.subtotal,
  });
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<CustomerState['problem']>(null);
  const [unsure, setUnsure] = useState<Attempt | null>(null);
  const [attemptKey, setAttemptKey] = useState(() => crypto.randomUUID());
  const ports = useMemo<SpendPorts>(() => ({ till, client, pause: waitFor }), [till, client]);

  const during = async (work: () => Promise<CustomerState['problem']>): Promise<void> => {
    setIsBusy(true);
    setProblem(null);
    setProblem(await work().catch(() => 'server' as const));
    await read().catch(() => undefined);
    setIsBusy(false);
  };
  const attempt = (one: Attempt) =>
    void during(async () => {
      const spent = await spend(ports, one);
      setUnsure(!spent.ok && spent.problem === 'unsure' ? one : null);
      if (!isCodeProblem(spent)) setAttemptKey(crypto.randomUUID());
      return announce(till, spent);
    });

  const open = customer?.club.open ?? null;
  return {
    state: {
      step: customer ? 'ready' : cause ? 'unreachable' : 'loading',
      customer,
      cause,
      isBusy,
      problem,
      isOffline,
      isApplied: open !== null && isOnCart(cart, open.code),
      unsure,
    },
    actions: {
      reload: readAgain,
      spend: (wish, consentCode) =>
        attempt({ ...newAttempt(till, customerId, wish), key: attemptKey, ...codeOf(consentCode) }),
      askAgain: () => unsure && attempt(unsure),
      apply: (redemption) =>
        void during(async () => announce(till, await applyOpen(ports, customerId, redemption))),
      undo: (redemption) => void during(() => undo(ports, customerId, redemption)),
      join: () => void during(async () => toJoinProblem(await client.join(customerId))),
      claim: (rewardId, consentCode) =>
        void during(async () => {
          const request = { key: attemptKey, rewardId, customerId, ...codeOf(consentCode) };
          const reply = await client.claim(request);
          if (!reply.ok) return reply.cause;
          if (!reply.body.ok) return reply.body.reason === 'pending' ? 'unsure' : reply.body.reason;
          setAttemptKey(crypto.randomUUID());
          till.toast.show(till.i18n.translate('toast.claimed'));
          return null;
        }),
      attemptKey,
    },
  };
}

interface Reading {
  till: Till;
  client: StaffClient;
  customerId: string;
  subtotal: string;
  isOffline: boolean;
}

/** The customer as read last, or why they could not be read. */
function useReading({ till, client, customerId, subtotal, isOffline }: Reading) {
  const [customer, setCustomer] = useState<StaffCustomer | null>(null);
  const [cause, setCause] = useState<StaffCause | null>(null);
  const reads = useRef(0);
  const read = useCallback(async () => {
    const mine = ++reads.current;
    const { currency } = till.session.currentSession;
    const reply = await client.customer(customerId, { amount: subtotal, currency });
    // Only the last of several reads counts: an earlier one is about an earlier cart.
    if (mine !== reads.current) return;
    if (reply.ok) {
      setCustomer(reply.body);
      setCause(null);
    } else setCause(reply.cause);
  }, [till, client, customerId, subtotal]);

  useEffect(() => {
    if (!isOffline) void read();
  }, [read, isOffline]);

  const readAgain = () => {
    setCause(null);
    void read();
  };
  return { customer, cause, read, readAgain };
}

const codeOf = (consentCode: string | undefined) => (consentCode === undefined ? {} : { consentCode });

/** The same attempt is sent again with the right code. */
const isCodeProblem = (spent: Spent): boolean =>
  !spent.ok && (spent.problem === 'code_wrong' || spent.problem === 'code_needed');

function announce({ toast, i18n }: Till, spent: Spent): SpendProblem | null {
  if (!spent.ok) return spent.problem;
  toast.show(i18n.translate('toast.applied'));
  return null;
}

function toJoinProblem(reply: Awaited<ReturnType<StaffClient['join']>>): CustomerState['problem'] {
  if (!reply.ok) return reply.cause;
  return reply.body.ok ? null : 'joined_not';
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
