import type { AppDiscount } from '../../../state.ts';
import { discountStatus } from '../../discounts.ts';
import { prepareFunctions } from '../../functions/load-functions.ts';
import type { AdminContext } from '../context.ts';
import { userError, type UserErrorSource } from '../user-error.ts';

const INPUT = 'automaticAppDiscount';
/** Automatic discounts, of merchant and apps together, that may be active at a time. */
const MOST_ACTIVE = 25;

/** The parts of a discount that Shopify checks beyond what is missing. */
export type CheckedTerms = Pick<
  AppDiscount,
  | 'title'
  | 'startsAt'
  | 'endsAt'
  | 'appliesOnOneTimePurchase'
  | 'appliesOnSubscription'
  | 'recurringCycleLimit'
>;

/**
 * What Shopify refuses in the terms of an automatic app discount, in the words of the schema's `DiscountErrorCode`.
 * @param own the discount that is changed; null for a new one
 */
export function termErrors(
  context: AdminContext,
  terms: CheckedTerms,
  own: AppDiscount | null,
): UserErrorSource[] {
  const at = (name: string) => [INPUT, name];
  const errors: UserErrorSource[] = [];
  const { appDiscounts = [], automaticDiscounts = [] } = context.state;
  const others = [...appDiscounts, ...automaticDiscounts].filter(({ id }) => id !== own?.id);
  if (others.some(({ title }) => title === terms.title)) {
    errors.push(userError(at('title'), 'Title must be unique for automatic discount', 'TAKEN'));
  }
  if (terms.endsAt !== null && Date.parse(terms.endsAt) <= Date.parse(terms.startsAt)) {
    errors.push(userError(at('endsAt'), 'Ends at must be after starts at', 'END_DATE_BEFORE_START_DATE'));
  }
  if (!terms.appliesOnOneTimePurchase && !terms.appliesOnSubscription) {
    const message =
      'A discount cannot have both appliesOnOneTimePurchase and appliesOnSubscription set to false.';
    errors.push(userError([INPUT], message, 'APPLIES_ON_NOTHING'));
  }
  errors.push(...cycleErrors(terms));
  const active = others.filter((each) => discountStatus(each, context.world.now()) === 'ACTIVE');
  if (active.length >= MOST_ACTIVE && discountStatus(terms, context.world.now()) !== 'EXPIRED') {
    const message = `Active period overlaps with other automatic discounts. At any given time, only ${MOST_ACTIVE} automatic discounts can be active.`;
    errors.push(userError(at('startsAt'), message, 'ACTIVE_PERIOD_OVERLAP'));
  }
  return errors;
}

function cycleErrors({ recurringCycleLimit: limit, appliesOnSubscription }: CheckedTerms): UserErrorSource[] {
  if (limit >= 0 && !appliesOnSubscription && limit !== 1) {
    const words = 'Recurring cycle limit must be 1 when discount does not apply to subscription items.';
    const code = 'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS';
    return [userError([INPUT, 'recurringCycleLimit'], words, code)];
  }
  if (limit >= 0) return [];
  const message = 'Recurring cycle limit must be a valid integer greater than or equal to 0.';
  return [userError([INPUT, 'recurringCycleLimit'], message, 'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER')];
}

/** What is wrong with a Function's handle: the app has no such Function, or it is for something else. */
export async function handleErrors(handle: string | null | undefined): Promise<UserErrorSource[]> {
  // Also makes the Functions ready: carts are priced without waiting for anything.
  const host = await prepareFunctions();
  if (!handle || host.find(handle, 'discount')) return [];
  const message = `Function ${handle} not found. Ensure that it is released in the current app (its handle), and that the app is installed.`;
  return [userError([INPUT, 'functionHandle'], message, 'INVALID')];
}
