/**
 * Customers written by bulk mutations: which steps a change takes, the line of each step, and what the line of its result
 * says. What the steps do is what `customers.server.ts` does with one customer.
 */
import { z } from 'zod';
import { idToGid } from '#app/lib/ids.ts';
import { newAddress } from './customer-addresses.server.ts';
import { consentVariables, metafieldVariables } from './customer-parts.server.ts';
import { refusalsOf, type Refusal } from './customer-refusals.ts';
import { scalarsOf, type CustomerChange } from './customers.server.ts';
import { idOfGid } from './gid.ts';
import {
  BULK_SET_CUSTOMERS,
  BULK_SET_EMAIL_CONSENT,
  BULK_SET_METAFIELDS,
  BULK_SET_SMS_CONSENT,
} from './operations/customers.ts';
import { ADD_TAGS } from './operations/tags.ts';

/** In this order: a consent needs its phone or e-mail address. */
export const BULK_STEPS = ['set', 'metafields', 'email_consent', 'sms_consent', 'tags'] as const;
export type BulkStep = (typeof BULK_STEPS)[number];

export interface CustomerToWrite {
  /** Null: a new customer. */
  customerId: bigint | null;
  change: CustomerChange;
  /** Tags to add. */
  tags: readonly string[];
}

/**
 * Returns the steps that a change takes; null for one that has to be written alone, because it depends on what Shopify has:
 * another address of a known customer, and metafields that are cleared.
 */
export function bulkStepsOf({ customerId, change, tags }: CustomerToWrite): BulkStep[] | null {
  const { metafields, address, emailConsent, smsConsent } = change;
  const isNew = customerId === null;
  if (!isNew && (address !== undefined || (metafields?.clear.length ?? 0) > 0)) return null;
  return [
    ...(isNew || Object.keys(scalarsOf(change)).length > 0 ? (['set'] as const) : []),
    ...((metafields?.set.length ?? 0) > 0 ? (['metafields'] as const) : []),
    ...(emailConsent ? (['email_consent'] as const) : []),
    ...(smsConsent ? (['sms_consent'] as const) : []),
    ...(!isNew && tags.length > 0 ? (['tags'] as const) : []),
  ];
}

/** Returns the variables of a step. `id`: the customer, once there is one. Throws RangeError for a step without them. */
export function bulkLineOf(step: BulkStep, { customerId, change, tags }: CustomerToWrite): object {
  if (step === 'set') return setVariables(customerId, change, tags);
  if (customerId === null) throw new RangeError(`${step} before there is a customer`);
  const { metafields, emailConsent, smsConsent } = change;
  if (step === 'tags') return { id: idToGid('Customer', customerId), tags };
  if (step === 'metafields' && metafields) return metafieldVariables(customerId, metafields.set);
  if (step === 'email_consent' && emailConsent) return consentVariables(customerId, 'email', emailConsent);
  if (step === 'sms_consent' && smsConsent) return consentVariables(customerId, 'sms', smsConsent);
  throw new RangeError(`nothing to do in step ${step}`);
}

function setVariables(
  customerId: bigint | null,
  { address, ...rest }: CustomerChange,
  tags: readonly string[],
): object {
  if (customerId !== null)
    return { identifier: { id: idToGid('Customer', customerId) }, input: scalarsOf(rest) };
  const addresses = address ? [newAddress(address)] : [];
  return { input: { ...scalarsOf(rest), addresses, ...(tags.length === 0 ? {} : { tags }) } };
}

const MUTATIONS: Readonly<Record<BulkStep, string>> = {
  set: BULK_SET_CUSTOMERS,
  metafields: BULK_SET_METAFIELDS,
  email_consent: BULK_SET_EMAIL_CONSENT,
  sms_consent: BULK_SET_SMS_CONSENT,
  tags: ADD_TAGS,
};

/** Returns the mutation of a step under a name of its own. */
export function bulkMutationOf(step: BulkStep, name: string): string {
  const text = MUTATIONS[step];
  return text
    .slice(text.indexOf('mutation '))
    .replace(/mutation \w+/, `mutation ${name}`)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export type LineResult =
  /** `customerId`: of the step `set`. */
  | { outcome: 'written'; customerId: bigint | null; updatedAt: Date | null }
  | { outcome: 'refused'; refusals: (Refusal | { field: 'tags'; reason: 'too_many_tags' | 'invalid' })[] }
  | { outcome: 'gone' }
  /** The line failed as a whole: Shopify may have done it. */
  | { outcome: 'unclear' };

const instant = z.string().transform((text) => new Date(text));
const payloadSchema = z.object({
  customer: z.object({ id: z.string(), updatedAt: instant }).nullish(),
  metafields: z.array(z.object({ updatedAt: instant })).nullish(),
  node: z.object({ updatedAt: instant.optional() }).nullish(),
  userErrors: z.array(
    z.object({
      field: z.array(z.string()).nullish(),
      code: z.string().nullish(),
      message: z.string(),
    }),
  ),
});
const lineSchema = z.object({
  __lineNumber: z.number().int().nonnegative(),
  data: z.record(z.string(), payloadSchema.nullable()).nullish(),
});

/** Reads a line of the results: which line of the file it is about, from 0, and what became of it. Null for what is none. */
export function readBulkLine(step: BulkStep, value: unknown): { line: number; result: LineResult } | null {
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return null;
  const { __lineNumber: line, data } = parsed.data;
  const [payload] = Object.values(data ?? {});
  return { line, result: payload ? resultOf(step, payload) : { outcome: 'unclear' } };
}

function resultOf(step: BulkStep, payload: z.output<typeof payloadSchema>): LineResult {
  const { customer, metafields, node, userErrors } = payload;
  const [error] = userErrors;
  if (error === undefined) {
    if (step === 'set' && !customer) return { outcome: 'unclear' };
    if (step === 'tags' && !node) return { outcome: 'gone' };
    const updatedAt = customer?.updatedAt ?? node?.updatedAt ?? metafields?.[0]?.updatedAt ?? null;
    return {
      outcome: 'written',
      customerId: customer && step === 'set' ? idOfGid(customer.id, 'Customer') : null,
      updatedAt,
    };
  }
  if (error.code === 'NOT_FOUND' || ['id', 'customerId', 'ownerId'].includes(error.field?.at(-1) ?? ''))
    return { outcome: 'gone' };
  if (step !== 'tags') return { outcome: 'refused', refusals: refusalsOf(userErrors) };
  const isTooMany = /250|more than|too many/i.test(error.message);
  return {
    outcome: 'refused',
    refusals: [{ field: 'tags', reason: isTooMany ? 'too_many_tags' : 'invalid' }],
  };
}
