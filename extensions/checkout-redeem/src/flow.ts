import type { ClubRedemption, ReserveWish } from '../../shared/club-api.ts';
import {
  type Attempt,
  type AttemptStorage,
  forgetAttempt,
  isReservation,
  keepAttempt,
  newAttempt,
  rewardOf,
  type Wish,
} from './attempt.ts';
import type { ClaimReply, ClubClient, ReleaseReply, ReserveReply } from './club-client.ts';
import type { Happening, ProblemCode } from './state.ts';

/** Pauses between two questions whose outcome is still unknown. About a quarter of a minute in all. */
export const RETRY_PAUSES_MS: readonly number[] = [500, 1000, 2000, 4000, 8000];

/** What the flow works with; the host and the app in the checkout, stand-ins in a test. */
export interface FlowPorts {
  client: ClubClient;
  storage: AttemptStorage;
  /** Adds or removes a discount code; resolves to whether the checkout took it. */
  changeCode: (type: 'addDiscountCode' | 'removeDiscountCode', code: string) => Promise<boolean>;
  /** Tells the state machine. */
  tell: (happening: Happening) => void;
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

/** What the shopper can do. No method throws; each tells its outcome through `tell`. */
export interface Flow {
  /** Reads the club; afterwards asks again for an attempt whose outcome was never learned. */
  load(cart: CartView, unfinished: Attempt | null): Promise<void>;
  /** Reserves units or takes a reward, then puts the code on the checkout. */
  spend(cart: CartView, wish: ReserveWish): Promise<void>;
  /** Asks for a gift: its units are spent when the app says yes. */
  claim(cart: CartView, rewardId: string): Promise<void>;
  /** Asks once more, with the same key, after the flow had given up asking by itself. */
  askAgain(cart: CartView, attempt: Attempt): Promise<void>;
  /** Puts the code of a reservation that exists on the checkout. */
  apply(redemption: ClubRedemption): Promise<void>;
  /** Takes the code off the checkout and gives the value back. */
  undo(redemption: ClubRedemption): Promise<void>;
  /** Gives the value of a reservation back whose code is not on the checkout. */
  giveBack(redemption: ClubRedemption): Promise<void>;
}

/** Builds the flow. */
export function createFlow(ports: FlowPorts): Flow {
  const { tell } = ports;
  let loads = 0;
  return {
    load: async (cart, unfinished) => {
      const mine = ++loads;
      // Only the last of several reads may speak: an earlier one answers about an earlier cart.
      const isLast = () => mine === loads;
      await load(ports, cart, unfinished, isLast);
    },
    spend: (cart, wish) => begin(ports, cart, { ...wish, cartAmount: cart.amount, currency: cart.currency }),
    claim: (cart, rewardId) => begin(ports, cart, { rewardId }),
    askAgain: async (cart, attempt) => {
      tell({ type: 'asked_again' });
      await ask(ports, cart, attempt);
    },
    apply: async (redemption) => {
      tell({ type: 'began', doing: 'applying' });
      const isApplied = await ports.changeCode('addDiscountCode', redemption.code);
      tell({ type: 'settled', problem: isApplied ? null : 'apply_failed_kept' });
    },
    undo: async (redemption) => {
      tell({ type: 'began', doing: 'undoing' });
      if (!(await ports.changeCode('removeDiscountCode', redemption.code))) {
        return tell({ type: 'settled', problem: 'undo_failed' });
      }
      await giveBack(ports, redemption, null);
    },
    giveBack: async (redemption) => {
      tell({ type: 'began', doing: 'releasing' });
      await giveBack(ports, redemption, null);
    },
  };
}

async function begin(ports: FlowPorts, cart: CartView, wish: Wish): Promise<void> {
  const attempt = newAttempt(wish, cart.customerId, ports.now());
  ports.tell({ type: 'began', doing: 'reserving' });
  await keepAttempt(ports.storage, attempt);
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
  if (!reply.ok) return ports.tell({ type: 'club_unreachable', cause: reply.cause });
  ports.tell({ type: 'club_read', club: reply.club });
  if (!unfinished) return;
  // The reservation of the lost reply may be the open one: then there is nothing to ask.
  if (reply.club.open && isReservation(unfinished.request)) return forgetAttempt(ports.storage);
  await ask(ports, cart, unfinished);
}

async function ask(ports: FlowPorts, cart: CartView, attempt: Attempt): Promise<void> {
  const reply = await askUntilKnown(ports, attempt);
  if (isUndecided(reply)) return ports.tell({ type: 'still_unsure' });
  await forgetAttempt(ports.storage);
  if (!reply.ok) return explain(ports, cart, reply.reason, rewardOf(attempt));
  if ('redemption' in reply) return applyOrGiveBack(ports, reply.redemption);
  await explain(ports, cart, 'claimed', rewardOf(attempt));
}

type Reply = ReserveReply | ClaimReply;
const isUndecided = (reply: Reply): boolean =>
  !reply.ok && (reply.reason === 'unknown' || reply.reason === 'pending');

const askOnce = ({ client }: FlowPorts, { request }: Attempt): Promise<Reply> =>
  isReservation(request) ? client.reserve(request) : client.claim(request);

async function askUntilKnown(ports: FlowPorts, attempt: Attempt): Promise<Reply> {
  let reply = await askOnce(ports, attempt);
  for (const pauseMs of RETRY_PAUSES_MS) {
    if (!isUndecided(reply)) return reply;
    ports.tell({ type: 'became_unsure', attempt });
    await ports.pause(pauseMs);
    reply = await askOnce(ports, attempt);
  }
  return reply;
}

async function applyOrGiveBack(ports: FlowPorts, redemption: ClubRedemption): Promise<void> {
  ports.tell({ type: 'reserved', redemption });
  if (await ports.changeCode('addDiscountCode', redemption.code)) {
    return ports.tell({ type: 'settled', problem: null });
  }
  await giveBack(ports, redemption, 'apply_failed');
}

/** Reads the club again, so that what is shown fits the answer, and says what it was. */
async function explain(
  ports: FlowPorts,
  cart: CartView,
  problem: ProblemCode | 'pending' | 'unknown',
  about: string | null,
): Promise<void> {
  const shown = problem === 'pending' || problem === 'unknown' ? 'refused' : problem;
  const reply = await ports.client.readClub(cart.amount, cart.currency);
  if (reply.ok) ports.tell({ type: 'club_read', club: reply.club, problem: shown, about });
  else ports.tell({ type: 'settled', problem: shown, about });
}

async function giveBack(
  ports: FlowPorts,
  redemption: ClubRedemption,
  problemAfter: ProblemCode | null,
): Promise<void> {
  const reply = await releaseUntilKnown(ports, redemption.id);
  if (reply.ok || reply.reason === 'gone') return ports.tell({ type: 'released', problem: problemAfter });
  if (reply.reason === 'used') return ports.tell({ type: 'released', problem: 'used' });
  if (problemAfter === 'apply_failed') return ports.tell({ type: 'settled', problem: 'apply_failed_kept' });
  const problem = { pending: 'release_pending', session: 'session', unknown: 'release_failed' } as const;
  ports.tell({ type: 'settled', problem: problem[reply.reason] });
}

async function releaseUntilKnown(ports: FlowPorts, redemptionId: string): Promise<ReleaseReply> {
  let reply = await ports.client.release(redemptionId);
  for (const pauseMs of RETRY_PAUSES_MS.slice(0, 3)) {
    if (reply.ok || (reply.reason !== 'unknown' && reply.reason !== 'pending')) return reply;
    await ports.pause(pauseMs);
    reply = await ports.client.release(redemptionId);
  }
  return reply;
}
