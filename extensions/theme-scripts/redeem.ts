/** From a wish to a code on the cart, and back. Value is never left reserved for a code that takes nothing off. */
import type { ClubRedemption, Refusal, ReleasedBecause, ReserveWish } from '../shared/club-api.ts';
import type { Answer, Api } from './api.ts';
import { changeCode, isApplied, type Cart, type CartCode } from './cart.ts';

/** How it ended. */
export type Outcome =
  | { kind: 'applied'; redemption: ClubRedemption; isRefreshed: boolean; lostCode: string | null }
  /** Nothing was reserved; `refusal` has the figures. */
  | { kind: 'refused'; reason: string; refusal: Refusal | null }
  /** The code does not fit the cart: the value is back. `because` where the customer's own price is why. */
  | { kind: 'not_applicable'; because: ReleasedBecause | null }
  /** The code does not fit and the value could not be given back yet: it returns by itself. */
  | { kind: 'kept' }
  /** The cart could not be changed from here; the code is for the link. */
  | { kind: 'link'; redemption: ClubRedemption }
  | { kind: 'unknown' };

export interface RedeemParts {
  api: Api;
  root: string;
  pause: (ms: number) => Promise<void>;
}

/** Pauses between two questions with the same key while the outcome is not known. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000];
/** A fresh code may take a moment to reach the cart. */
const APPLY_PAUSES_MS = [400, 800];
const ATTEMPT = 'setia-attempt';

/** Reserves and puts the code on the cart. @param shown the cart as the shopper sees it */
export async function redeem(parts: RedeemParts, shown: Cart, wish: ReserveWish): Promise<Outcome> {
  const key = keyOf(wish);
  const answer = await untilKnown(parts, () => parts.api.reserve(key, shown, wish));
  if (isUnsure(answer)) return { kind: 'unknown' };
  sessionStorage.removeItem(ATTEMPT);
  const { body, status } = answer;
  if (!body) return { kind: 'refused', reason: status === 403 ? 'signed_out' : 'unknown', refusal: null };
  if (!body.ok) return { kind: 'refused', reason: body.reason, refusal: body };
  return apply(parts, body.redemption, shown.discount_codes ?? []);
}

/** The key of a wish: that of the last one, if its outcome never came. A reload in between asks no second time. */
function keyOf(wish: ReserveWish): string {
  const text = JSON.stringify(wish);
  const [kept, key] = (sessionStorage.getItem(ATTEMPT) ?? '').split('\n');
  if (kept === text && key) return key;
  const fresh = crypto.randomUUID();
  sessionStorage.setItem(ATTEMPT, `${text}\n${fresh}`);
  return fresh;
}

/** Puts a reserved code on the cart; one that takes nothing off gives its value back at once. */
export async function apply(
  parts: RedeemParts,
  redemption: ClubRedemption,
  before: readonly CartCode[],
): Promise<Outcome> {
  const { root, pause } = parts;
  let changed = await changeCode(root, redemption.code, true);
  for (const ms of APPLY_PAUSES_MS) {
    if (!changed || isApplied(changed.codes, redemption.code)) break;
    await pause(ms);
    changed = await changeCode(root, redemption.code, true);
  }
  if (!changed) return { kind: 'link', redemption };
  const { codes, isRefreshed } = changed;
  if (isApplied(codes, redemption.code)) {
    const lost = before.find(({ code, applicable }) => applicable && !isApplied(codes, code));
    return { kind: 'applied', redemption, isRefreshed, lostCode: lost?.code ?? null };
  }
  await changeCode(root, redemption.code, false);
  const { result, because } = await giveBack(parts, redemption.id, true);
  return result === 'returned' ? { kind: 'not_applicable', because } : { kind: 'kept' };
}

/** Takes the code off the cart and gives the value back. */
export async function undo(
  parts: RedeemParts,
  { id, code }: ClubRedemption,
): Promise<{ result: 'returned' | 'used' | 'kept'; isRefreshed: boolean }> {
  const changed = await changeCode(parts.root, code, false);
  const { result } = await giveBack(parts, id, false);
  return { result, isRefreshed: changed?.isRefreshed ?? false };
}

async function giveBack(
  parts: RedeemParts,
  id: string,
  isUnapplied: boolean,
): Promise<{ result: 'returned' | 'used' | 'kept'; because: ReleasedBecause | null }> {
  const { status, body } = await untilKnown(parts, () => parts.api.release(id, isUnapplied));
  if (body?.ok) return { result: 'returned', because: body.because ?? null };
  if (status === 404) return { result: 'returned', because: null };
  return { result: body?.reason === 'used' ? 'used' : 'kept', because: null };
}

const isUnsure = ({ status, body }: Answer<{ ok: boolean; reason?: string }>): boolean =>
  status === 0 || status >= 500 || (body?.ok === false && body.reason === 'pending');

async function untilKnown<T extends { ok: boolean; reason?: string }>(
  { pause }: RedeemParts,
  ask: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  let answer = await ask();
  for (const ms of PAUSES_MS) {
    if (!isUnsure(answer)) break;
    await pause(ms);
    answer = await ask();
  }
  return answer;
}
