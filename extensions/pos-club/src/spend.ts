import type { ClubRedemption, ReleaseAnswer, ReserveWish } from '../../shared/club-api.ts';
import type { StaffReserveRequest } from '../../shared/staff-api.ts';
import type { StaffCause, StaffClient, StaffReply, StaffReserveAnswer } from '../../shared/staff-client.ts';
import { forgetApplied, storeApplied } from './applied.ts';
import { isOnCart, otherCodes, type Till } from './till.ts';

/** Pauses between two questions whose outcome is not known. */
export const RETRY_PAUSES_MS: readonly number[] = [500, 1000, 2000, 4000];
/** Pauses between two tries to put a code on the cart: a fresh one may take a moment to be known there. */
export const APPLY_PAUSES_MS: readonly number[] = [500, 1000];

/** What came of spending; each has a text under `problem`. */
export type SpendProblem =
  | Extract<StaffReserveAnswer, { ok: false }>['reason']
  | StaffCause
  /** The cart did not take the code: the points are back, or still reserved. */
  | 'apply_failed'
  | 'apply_failed_kept'
  | 'release_failed'
  | 'used'
  | 'not_editable'
  /** It is not known whether the points were reserved: ask again. */
  | 'unsure';

export type Spent = { ok: true; redemption: ClubRedemption } | { ok: false; problem: SpendProblem };

/** The till, the app and time. */
export interface SpendPorts {
  till: Till;
  client: StaffClient;
  pause: (ms: number) => Promise<void>;
}

/** One attempt to spend: sent unchanged until its outcome is known. */
export type Attempt = StaffReserveRequest;

/** Returns a new attempt for the till's cart as it is. */
export function newAttempt({ cart, session }: Till, customerId: string, wish: ReserveWish): Attempt {
  const { subtotal } = cart.current.value;
  return {
    ...wish,
    key: crypto.randomUUID(),
    cartAmount: subtotal,
    currency: session.currentSession.currency,
    customerId,
  };
}

/** Reserves and puts the code on the cart; what the cart does not take goes back at once. Does not throw. */
export async function spend(ports: SpendPorts, attempt: Attempt): Promise<Spent> {
  if (ports.till.cart.current.value.editable === false) return { ok: false, problem: 'not_editable' };
  const reply = await askUntilKnown(ports, () => ports.client.reserve(attempt));
  if (!reply.ok) return { ok: false, problem: isUnknown(reply.cause) ? 'unsure' : reply.cause };
  const { body } = reply;
  if (!body.ok) return { ok: false, problem: body.reason === 'pending' ? 'unsure' : body.reason };
  return applyOrGiveBack(ports, attempt.customerId, body.redemption);
}

/** Puts the code of an open redemption on the cart. */
export async function applyOpen(
  ports: SpendPorts,
  customerId: string,
  redemption: ClubRedemption,
): Promise<Spent> {
  const isApplied = await putOnCart(ports, customerId, redemption);
  return isApplied ? { ok: true, redemption } : { ok: false, problem: 'apply_failed_kept' };
}

/** Takes the code off the cart and gives the points back. Returns the problem, or null. */
export async function undo(
  ports: SpendPorts,
  customerId: string,
  redemption: ClubRedemption,
): Promise<SpendProblem | null> {
  try {
    await takeOffCart(ports.till, redemption.code);
  } catch {
    return 'release_failed';
  }
  return giveBack(ports, customerId, redemption.id);
}

/** Takes one code off the cart. The till can only take all off: the others are put on again. */
export async function takeOffCart({ cart }: Pick<Till, 'cart'>, code: string): Promise<void> {
  if (!isOnCart(cart.current.value, code)) return;
  const others = otherCodes(cart.current.value, code);
  await cart.removeCartDiscount();
  for (const other of others) await cart.addCartCodeDiscount(other);
}

const isUnknown = (cause: StaffCause): boolean => cause === 'offline' || cause === 'server';

async function askUntilKnown(
  { pause }: SpendPorts,
  ask: () => Promise<StaffReply<StaffReserveAnswer>>,
): Promise<StaffReply<StaffReserveAnswer>> {
  let reply = await ask();
  for (const pauseMs of RETRY_PAUSES_MS) {
    const isPending = reply.ok && !reply.body.ok && reply.body.reason === 'pending';
    if (reply.ok ? !isPending : !isUnknown(reply.cause)) return reply;
    await pause(pauseMs);
    const next = await ask();
    // It was not looked at, which says nothing of the request before it.
    if (next.ok || next.cause !== 'too_many') reply = next;
  }
  return reply;
}

async function applyOrGiveBack(
  ports: SpendPorts,
  customerId: string,
  redemption: ClubRedemption,
): Promise<Spent> {
  if (await putOnCart(ports, customerId, redemption)) return { ok: true, redemption };
  const problem = await giveBack(ports, customerId, redemption.id);
  return { ok: false, problem: problem === null ? 'apply_failed' : 'apply_failed_kept' };
}

async function putOnCart(
  { till, pause }: SpendPorts,
  customerId: string,
  redemption: ClubRedemption,
): Promise<boolean> {
  const { id: redemptionId, code } = redemption;
  try {
    await storeApplied(till.storage, { redemptionId, customerId, code });
    const id = Number(customerId);
    // The code is bound to the customer, so they come first.
    if (till.cart.current.value.customer?.id !== id) await till.cart.setCustomer({ id });
  } catch {
    return false;
  }
  for (const pauseMs of APPLY_PAUSES_MS) {
    if (await addCode(till, code)) return true;
    await pause(pauseMs);
  }
  return addCode(till, code);
}

/** The till rejects a code by throwing. */
async function addCode({ cart }: Till, code: string): Promise<boolean> {
  try {
    await cart.addCartCodeDiscount(code);
    return true;
  } catch {
    return false;
  }
}

async function giveBack(
  { till, client, pause }: SpendPorts,
  customerId: string,
  redemptionId: string,
): Promise<SpendProblem | null> {
  let reply: StaffReply<ReleaseAnswer> = await client.release(redemptionId, customerId);
  for (const pauseMs of RETRY_PAUSES_MS) {
    if (isReleased(reply) || !mayRepeat(reply)) break;
    await pause(pauseMs);
    reply = await client.release(redemptionId, customerId);
  }
  if (!isReleased(reply)) return reply.ok && isUsed(reply.body) ? 'used' : 'release_failed';
  await forgetApplied(till.storage);
  return null;
}

const isUsed = (answer: ReleaseAnswer): boolean => !answer.ok && answer.reason === 'used';
const isReleased = (reply: StaffReply<ReleaseAnswer>): boolean =>
  reply.ok ? reply.body.ok : reply.cause === 'gone';
const mayRepeat = (reply: StaffReply<ReleaseAnswer>): boolean =>
  reply.ok ? !isUsed(reply.body) : isUnknown(reply.cause);
