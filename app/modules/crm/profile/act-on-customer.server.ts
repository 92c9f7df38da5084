/** The actions of staff on a customer's page. */
import { withTransaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { joinClub } from '#app/modules/membership/join-club.server.ts';
import { leaveClub } from '#app/modules/membership/leave-club.server.ts';
import { setTier } from '#app/modules/membership/set-tier.server.ts';
import { readTierForm } from './customer-forms.ts';
import { setTestCustomer } from '../test-customers/test-customers.server.ts';

export type CustomerAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const UNKNOWN: CustomerAnswer = { ok: false, errors: { form: { code: 'unknown_customer' } } };

/**
 * Runs the form's `intent`: `trial`, `join`, `leave` or `tier`; another one is an invalid form. `readActor` is called only
 * for actions that record who did them.
 */
export async function actOnCustomer(
  shop: { shopId: bigint },
  customerId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<CustomerAnswer> {
  const { shopId } = shop;
  switch (values.intent) {
    case 'trial':
      return changeTrial(shopId, customerId, values.isTrial);
    case 'join':
      return (await joinClub(shopId, customerId, 'staff')).ok ? { ok: true } : UNKNOWN;
    case 'leave':
      return (await leaveClub(shopId, customerId)) ? { ok: true } : UNKNOWN;
    case 'tier':
      return changeTier(shopId, customerId, values, readActor);
    default:
      return { ok: false, errors: { form: { code: 'invalid' } } };
  }
}

async function changeTrial(shopId: bigint, customerId: bigint, isTrial: unknown): Promise<CustomerAnswer> {
  if (isTrial !== 'true' && isTrial !== 'false') return { ok: false, errors: { form: { code: 'invalid' } } };
  const answer = await setTestCustomer(shopId, customerId, isTrial === 'true');
  return answer.ok ? answer : { ok: false, errors: { form: { code: answer.reason } } };
}

async function changeTier(
  shopId: bigint,
  customerId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<CustomerAnswer> {
  const form = readTierForm(values);
  if (!form) return { ok: false, errors: { tierId: { code: 'required' } } };
  const actor = await readActor();
  const answer = await withTransaction((tx) => setTier(tx, { shopId, customerId, ...form, actor }));
  if (answer.ok) return answer;
  switch (answer.problem) {
    case 'reason_missing':
      return { ok: false, errors: { reason: { code: 'required' } } };
    case 'reason_too_long':
      return { ok: false, errors: { reason: { code: 'too_long' } } };
    case 'no_such_tier':
      return { ok: false, errors: { tierId: { code: 'invalid' } } };
    case 'unknown_customer':
      return UNKNOWN;
  }
}
