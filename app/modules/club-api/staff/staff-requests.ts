/** What the extensions of staff may send, checked field by field. The shapes are those of extensions/shared/staff-api.ts. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { cleanText } from '#app/lib/storable.ts';
import { claimSchema, idSchema, readJsonBody, reserveSchema, toCart, type Read } from '../read-request.ts';

/** Of a bulk action: an admin's page of customers, each with 20 characters. */
const BULK_LIMITS = { bytes: 32_768, ms: 10_000 };
/** As many as Shopify's list of customers selects at once. */
export const BULK_CUSTOMERS_MAX = 250;
const TEXT_MAX = 500;

const text = z.string().max(TEXT_MAX).transform(cleanText);
const locale = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/);
const consentCode = z
  .string()
  .regex(/^\d{4}$/)
  .optional();
const who = { customerId: idSchema, consentCode };

const reserve = z.intersection(reserveSchema, z.object(who));
const claim = claimSchema.extend(who);
const customer = z.object({ customerId: idSchema });
const code = customer.extend({ key: z.uuid() });
const welcome = z.object({
  key: z.uuid(),
  phone: text,
  firstName: text,
  lastName: text,
  smsConsent: z.boolean(),
});
/** The rest are the form's own fields, which it reads itself. */
const adjustment = z
  .record(z.string().max(40), text)
  .and(z.object({ customerId: z.string(), formKey: z.uuid(), locale }));
const bulk = z.intersection(
  z.object({ formKey: z.uuid(), customerIds: z.array(idSchema).min(1).max(BULK_CUSTOMERS_MAX), locale }),
  z.discriminatedUnion('what', [
    z.object({
      what: z.literal('points'),
      reason: text,
      amount: text,
      expiresOn: text,
      note: text,
      meant: text.optional(),
    }),
    z.object({ what: z.literal('category'), categoryId: idSchema }),
    z.object({
      what: z.literal('percent'),
      discount: text,
      discountFrom: text,
      discountUntil: text,
      discountNote: text,
    }),
  ]),
);

export type BulkInput = z.infer<typeof bulk>;
export type WelcomeInput = z.infer<typeof welcome>;

/** Reads the body of `POST /api/staff/redemptions`. */
export async function readStaffReserve(source: Readable) {
  const read = await readJsonBody(source, reserve);
  if (!read.ok) return read;
  const { cartAmount, currency, ...body } = read.body;
  return { ok: true as const, body: { ...body, cart: toCart({ cartAmount, currency }) } };
}

/** Reads the body of `POST /api/staff/claims`. */
export const readStaffClaim = (source: Readable): Promise<Read<z.infer<typeof claim>>> =>
  readJsonBody(source, claim);

/** Reads the body of a request that names a customer and nothing else. */
export const readCustomerBody = (source: Readable): Promise<Read<{ customerId: bigint }>> =>
  readJsonBody(source, customer);

/** Reads the body of `POST /api/staff/consent-codes`. */
export const readCodeBody = (source: Readable): Promise<Read<{ customerId: bigint; key: string }>> =>
  readJsonBody(source, code);

/** Reads the body of `POST /api/staff/customers`. */
export const readWelcomeBody = (source: Readable): Promise<Read<WelcomeInput>> =>
  readJsonBody(source, welcome);

/** Reads the body of `POST /api/staff/adjustments`: texts, which the form's own reader judges. */
export const readAdjustBody = (source: Readable): Promise<Read<z.infer<typeof adjustment>>> =>
  readJsonBody(source, adjustment);

/** Reads the body of `POST /api/staff/bulk`. */
export const readBulkBody = (source: Readable): Promise<Read<BulkInput>> =>
  readJsonBody(source, bulk, BULK_LIMITS);
