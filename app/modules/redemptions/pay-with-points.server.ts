/** "Pay with points": reserves the amount, creates the code at Shopify and returns it. */
import type { RefusalReason } from '../../../extensions/shared/club-api.ts';
import { withTransaction } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import type { Unit } from '#app/lib/units.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { issueReserved } from './issue-code.server.ts';
import type { Redemption } from './redemption-rows.server.ts';
import { requireClub } from './require-club.server.ts';
import {
  CODE_PREFIX,
  holdReservation,
  openReservation,
  tooManyReservations,
  type Reserved,
} from './reserve.server.ts';
import { retryAt } from './retry-at.ts';
import { spendableUnits, spendRefusal, valueMinor } from './rules/redemption.ts';
import {
  comparableCart,
  isHeldBack,
  isPriced,
  minimumFor,
  rateFor,
  type Cart,
  type PricedClub,
} from './spending.ts';

const MINUTE_MS = 60_000;

export interface PayInput {
  shopId: bigint;
  /** The shop's club, if it was just read. */
  club?: Club;
  customerId: bigint;
  /** The client's own key: the same key gives the same redemption. */
  key: string;
  unit: Unit;
  units: bigint;
  cart: Cart | null;
  /** The member of staff who asks for the customer, `staff:<user id>`; absent for the customer. */
  actor?: string;
}

export type PayResult =
  | { ok: true; redemption: Redemption }
  | { ok: false; reason: RefusalReason; available: bigint; minimum: bigint };

/**
 * Reserves `units` and returns the code for them. Expected refusals are returned with the figures; `pending` means that
 * Shopify's answer is not known yet: ask again with the same key. Throws AppError `unknown_shop`.
 */
export async function payWithPoints(input: PayInput): Promise<PayResult> {
  const club = input.club ?? (await requireClub(input.shopId));
  const issued = await issueReserved(await reservePayment(input, club), club);
  return issued.ok ? issued : { ...issued, minimum: minimumFor(club, input.unit) };
}

async function reservePayment(input: PayInput, club: Club): Promise<Reserved<RefusalReason>> {
  const { shopId, customerId, key, unit, units } = input;
  return withTransaction(async (tx) => {
    const opened = await openReservation(tx, {
      shopId,
      customerId,
      key,
      inputHash: sha256(`${unit}|${units}`),
      kind: 'pay',
      unit,
      units,
      actor: input.actor ?? null,
      codePrefix: CODE_PREFIX,
    });
    if (opened.isDecided) return opened.result;
    const { available } = opened;
    if (tooManyReservations(opened)) return { ok: false, reason: 'too_many', available };
    if (!isPriced(club)) return { ok: false, reason: 'disabled', available };
    const reason = paymentRefusal(club, input, available);
    if (reason !== null) return { ok: false, reason, available };
    return holdReservation(tx, opened, {
      amountMinor: valueMinor(units, rateFor(club, unit)),
      currency: club.currency,
      reward: null,
      expiresAt: new Date(opened.now.getTime() + club.redemption.ttlMinutes * MINUTE_MS),
      nextCheckAt: retryAt(opened.now, 2),
    });
  });
}

function paymentRefusal(
  club: PricedClub,
  { unit, units, cart }: PayInput,
  available: bigint,
): RefusalReason | null {
  if (!club.redemption.isEnabled || isHeldBack(club, unit)) return 'disabled';
  const rate = rateFor(club, unit);
  const reason = spendRefusal(available, units, rate, minimumFor(club, unit));
  if (reason !== null) return reason;
  const cartMinor = comparableCart(club, cart);
  return cartMinor !== null && units > spendableUnits(available, rate, cartMinor) ? 'exceeds_cart' : null;
}
