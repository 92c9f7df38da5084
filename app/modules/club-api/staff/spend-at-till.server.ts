/** Spending for a customer at the till: the shopper's own use cases, in the name of the member of staff. */
import { takeTillCode, releaseTillCode } from '#app/modules/messaging/codes/use-till-code.server.ts';
import { readTillConsent } from '#app/modules/messaging/codes/till-consent.server.ts';
import type { StaffRefusalReason } from '../../../../extensions/shared/staff-api.ts';

interface Spending {
  shopId: bigint;
  customerId: bigint;
  /** The attempt. */
  key: string;
  consentCode?: string | undefined;
}

/** The answer where the customer has not confirmed. */
export interface NotConfirmed {
  ok: false;
  reason: Extract<StaffRefusalReason, 'code_needed' | 'code_wrong' | 'code_used_up'>;
  available: string;
  minimum: string;
}

const notConfirmed = (reason: NotConfirmed['reason']): NotConfirmed => ({
  ok: false,
  reason,
  available: '0',
  minimum: '0',
});

/**
 * Runs `spend` if the customer has confirmed with the code they were sent, where the shop asks for it. A code whose
 * attempt was refused serves the next one.
 */
export async function spendConfirmed<Answer extends { ok: boolean; reason?: string }>(
  { key, consentCode, ...who }: Spending,
  spend: () => Promise<Answer>,
): Promise<Answer | NotConfirmed> {
  // Whether it can be sent is for the till to say; here only whether it must be.
  if ((await readTillConsent(who.shopId, null)) === 'none') return spend();
  if (consentCode === undefined) return notConfirmed('code_needed');
  const checked = await takeTillCode(who, key, consentCode);
  if (checked !== 'right') return notConfirmed(checked);
  const answer = await spend();
  // Not known yet: the same attempt asks again.
  if (!answer.ok && answer.reason !== 'pending') await releaseTillCode(who, key);
  return answer;
}
