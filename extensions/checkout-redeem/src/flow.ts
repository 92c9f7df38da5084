import type { ClubRedemption, ReserveWish } from '../../shared/club-api.ts';
import {
  type Attempt,
  type AttemptStorage,
  deleteAttempt,
  findRewardId,
  newClaim,
  newReservation,
  type Outgoing,
  storeAttempt,
} from './attempt.ts';
import type { ClaimReply, ClubClient, ReleaseReply, ReserveReply, Unapplied } from './club-client.ts';
import type { Event, ProblemCode } from './state.ts';

/** Pauses between two questions whose outcome is still unknown. About a quarter of a minute in all. */
export const RETRY_PAUSES_MS: readonly number[] = [500, 1000, 2000, 4000, 8000];

/** Pauses between two tries to add a code: a fresh one may take a moment to reach the checkout. 2.5 s in all. */
export const APPLY_PAUSES_MS: readonly number[] = [500, 750, 1250];

/** What the flow works with; the host and the app in the checkout, stand-ins in a test. */
export interface FlowPorts {
  client: ClubClient;
  storage: AttemptStorage;
  /** Adds or removes a discount code; resolves to whether the checkout took it. */
  changeCode: (type: 'addDiscountCode' | 'removeDiscountCode', code: string) => Promise<boolean>;
  /** Hands an event to the state machine. */
  dispatch: (event: Event) => void;
  pause: (ms: number) => Promise<void>;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The cart that is asked about. */
export interface CartView {
  /** Decimal text, "150000.00". */
  amount: string;
  currency: string;
  /** Customer gid. */
  customerId: string;
}

/** What the shopper can do. No method throws; each dispatches its outcome. */
export interface Flow {
  /** Reads the club, then sends an attempt again whose outcome is unknown. */
  load(cart: CartView, unfinished: Attempt | null): Promise<void>;
  /** Reserves units or takes a reward, then puts the code on the checkout. */
  spend(cart: CartView, wish: ReserveWish): Promise<void>;
  /** Claims a gift: its units are spent if the app accepts. */
  claim(cart: CartView, rewardId: string): Promise<void>;
  /** Asks once more, with the same key, after the flow stopped asking. */
  askAgain(cart: CartView, attempt: Attempt): Promise<void>;
  /** Adds the code of an open redemption to the checkout. */
  apply(redemption: ClubRedemption): Promise<void>;
  /** Removes the code from the checkout and gives the amount back. */
  undo(redemption: ClubRedemption): Promise<void>;
  /** Releases a redemption whose code isn't on the checkout. */
  giveBack(redemption: ClubRedemption): Promise<void>;
}

/** Builds the flow. */
export function createFlow(ports: FlowPorts): Flow {
  const { dispatch } = ports;
  let loads = 0;
  return {
    load: async (cart, unfinished) => {
      const mine = ++loads;
      // Only the last of several reads counts: an earlier one is about an earlier cart.
      const isLast = () => mine === loads;
      await load(ports, cart, unfinished, isLast);
    },
    spend: (cart, wish) =>
      begin(ports, cart, newReservation(wish, { cartAmount: cart.amount, currency: cart.currency })),
    claim: (cart, rewardId) => begin(ports, cart, newClaim(rewardId)),
    askAgain: async (cart, attempt) => {
      dispatch({ type: 'asked_again' });
      await ask(ports, cart, attempt);
    },
    apply: async (redemption) => {
      dispatch({ type: 'began', doing: 'applying' });
      if (await addCode(ports, redemption.code)) return dispatch({ type: 'settled', problem: null });
      await giveBack(ports, redemption, 'apply_failed_kept', 'price');
    },
    undo: async (redemption) => {
      dispatch({ type: 'began', doing: 'undoing' });
      if (!(await ports.changeCode('removeDiscountCode', redemption.code))) {
        return dispatch({ type: 'settled', problem: 'undo_failed' });
      }
      await giveBack(ports, redemption, null);
    },
    giveBack: async (redemption) => {
      dispatch({ type: 'began', doing: 'releasing' });
      await giveBack(ports, redemption, null);
    },
  };
}

async function begin(ports: FlowPorts, cart: CartView, outgoing: Outgoing): Promise<void> {
  const attempt: Attempt = { ...outgoing, customerId: cart.customerId, startedAt: ports.now() };
  ports.dispatch({ type: 'began', doing: 'reserving' });
  await storeAttempt(ports.storage, attempt);
  await ask(ports, cart, attempt);
}

async function load(
  ports: FlowPorts,
  cart: CartView,
  unfinished: Attempt | null,
  isLast: () => boolean,
): Promise<void> {
  const reply = await ports.client.readClub(cart.amount, cart.currency);
  if (!isLast()) return;
  if (!reply.ok) return ports.dispatch({ type: 'club_unreachable', cause: reply.cause });
  ports.dispatch({ type: 'club_read', club: reply.club });
  if (!unfinished) return;
  // If the lost reply's redemption is the open one, there is nothing to ask.
  if (reply.club.open && unfinished.endpoint === 'redemptions') return deleteAttempt(ports.storage);
  await ask(ports, cart, unfinished);
}

async function ask(ports: FlowPorts, cart: CartView, attempt: Attempt): Promise<void> {
  const reply = await askUntilKnown(ports, attempt);
  if (isUndecided(reply)) return ports.dispatch({ type: 'still_unsure' });
  await deleteAttempt(ports.storage);
  if (!reply.ok) return explain(ports, cart, reply.reason, findRewardId(attempt));
  if ('redemption' in reply) return applyOrGiveBack(ports, reply.redemption);
  await explain(ports, cart, 'claimed', findRewardId(attempt));
}

type Reply = ReserveReply | ClaimReply;
const isUndecided = (reply: Reply): boolean =>
  !reply.ok && (reply.reason === 'unknown' || reply.reason === 'pending');

const askOnce = ({ client }: FlowPorts, attempt: Attempt): Promise<Reply> =>
  attempt.endpoint === 'redemptions' ? client.reserve(attempt.request) : client.claim(attempt.request);

async function askUntilKnown(ports: FlowPorts, attempt: Attempt): Promise<Reply> {
  let reply = await askOnce(ports, attempt);
  for (const pauseMs of RETRY_PAUSES_MS) {
    if (!isUndecided(reply)) return reply;
    ports.dispatch({ type: 'became_unsure', attempt });
    await ports.pause(pauseMs);
    const next = await askOnce(ports, attempt);
    // It was not looked at, which says nothing of the request before it.
    if (next.ok || next.reason !== 'too_many') reply = next;
  }
  return reply;
}

async function applyOrGiveBack(ports: FlowPorts, redemption: ClubRedemption): Promise<void> {
  ports.dispatch({ type: 'reserved', redemption });
  if (await addCode(ports, redemption.code)) {
    return ports.dispatch({ type: 'settled', problem: null });
  }
  await giveBack(ports, redemption, 'apply_failed', 'yes');
}

/** Adds a code to the checkout, and returns whether it was taken. */
async function addCode(ports: FlowPorts, code: string): Promise<boolean> {
  for (const pauseMs of APPLY_PAUSES_MS) {
    if (await ports.changeCode('addDiscountCode', code)) return true;
    await ports.pause(pauseMs);
  }
  return ports.changeCode('addDiscountCode', code);
}

/** Reads the club again, so that the figures match the answer, and shows the problem. */
async function explain(
  ports: FlowPorts,
  cart: CartView,
  problem: ProblemCode | 'pending' | 'unknown',
  about: string | null,
): Promise<void> {
  const shown = problem === 'pending' || problem === 'unknown' ? 'refused' : problem;
  const reply = await ports.client.readClub(cart.amount, cart.currency);
  if (reply.ok) ports.dispatch({ type: 'club_read', club: reply.club, problem: shown, about });
  else ports.dispatch({ type: 'settled', problem: shown, about });
}

async function giveBack(
  ports: FlowPorts,
  redemption: ClubRedemption,
  problemAfter: ProblemCode | null,
  unapplied?: Unapplied,
): Promise<void> {
  const reply = await releaseUntilKnown(ports, redemption.id, unapplied);
  if (reply.ok) return ports.dispatch({ type: 'released', problem: reply.because ?? problemAfter });
  if (reply.reason === 'gone') return ports.dispatch({ type: 'released', problem: problemAfter });
  if (reply.reason === 'used') return ports.dispatch({ type: 'released', problem: 'used' });
  if (unapplied || reply.reason === 'kept')
    return ports.dispatch({ type: 'settled', problem: 'apply_failed_kept' });
  const problem = {
    pending: 'release_pending',
    session: 'session',
    too_many: 'release_failed',
    unknown: 'release_failed',
  } as const;
  ports.dispatch({ type: 'settled', problem: problem[reply.reason] });
}

async function releaseUntilKnown(
  ports: FlowPorts,
  redemptionId: string,
  unapplied?: Unapplied,
): Promise<ReleaseReply> {
  let reply = await ports.client.release(redemptionId, unapplied);
  for (const pauseMs of RETRY_PAUSES_MS.slice(0, 3)) {
    if (reply.ok || (reply.reason !== 'unknown' && reply.reason !== 'pending')) return reply;
    await ports.pause(pauseMs);
    reply = await ports.client.release(redemptionId, unapplied);
  }
  return reply;
}
