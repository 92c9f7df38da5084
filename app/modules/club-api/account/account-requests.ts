/** What extensions of the account and of order pages may send. The shapes are those of extensions/shared/account-api.ts. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { parseMinor } from '#app/lib/money.ts';
import { idSchema, readJsonBody, type Read } from '../read-request.ts';

/** A day of the calendar that there is. */
const day = z.iso.date();
const wish = z.enum(['subscribed', 'unsubscribed']);
const profileSchema = z.strictObject({
  birthDate: day.optional(),
  weddingDate: day.optional(),
  sms: wish.optional(),
  email: wish.optional(),
});

/** Reads the body of `POST /api/account/profile`, or names the first invalid field. */
export async function readProfileBody(source: Readable) {
  const read = await readJsonBody(source, profileSchema);
  if (!read.ok) return read;
  const { birthDate, weddingDate, sms, email } = read.body;
  return {
    ok: true as const,
    body: {
      ...(birthDate === undefined ? {} : { birthDate }),
      ...(weddingDate === undefined ? {} : { weddingDate }),
      ...(sms === undefined ? {} : { sms }),
      ...(email === undefined ? {} : { email }),
    },
  };
}

const historySchema = z.object({
  before: idSchema.nullable().default(null),
  filter: z.enum(['all', 'earned', 'spent']).default('all'),
});

/** Reads the search `before=&filter=`; what is invalid is left out. */
export function readHistorySearch(search: string): z.infer<typeof historySchema> {
  const given = Object.fromEntries(new URLSearchParams(search));
  const read = historySchema.safeParse(given);
  return read.success ? read.data : { before: null, filter: 'all' };
}

const LINES_MAX = 200;
/** 200 lines of about 150 bytes, and codes. */
const ORDER_LIMITS = { bytes: 48_000, ms: 10_000 };

const amount = z.string().regex(/^\d{1,15}(\.\d{1,4})?$/);
const orderSchema = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  lines: z
    .array(
      z.object({
        productId: idSchema,
        variantId: idSchema,
        quantity: z.number().int().min(1).max(1_000_000),
        gross: amount,
        discount: amount,
      }),
    )
    .max(LINES_MAX),
  codes: z.array(z.string().max(255)).max(10).default([]),
});

/** Reads the body of `POST /api/orders/:id/points`, amounts as minor units, or names the first invalid field. */
export async function readOrderPointsBody(source: Readable) {
  const read = await readJsonBody(source, orderSchema, ORDER_LIMITS);
  if (!read.ok) return read;
  const { currency, codes, lines } = read.body;
  const toLine = ({ gross, discount, ...line }: (typeof lines)[number]) => ({
    ...line,
    grossMinor: parseMinor(gross, currency),
    discountMinor: parseMinor(discount, currency),
    isGiftCard: false,
  });
  const amounts = lines.map(toLine);
  // What is taken off a line is never more than the line.
  const isSound = amounts.every(({ grossMinor, discountMinor }) => discountMinor <= grossMinor);
  const body = { currency, codes, lines: amounts };
  return isSound
    ? { ok: true as const, body }
    : ({ ok: false, status: 400, field: 'lines' } satisfies Extract<Read<never>, { ok: false }>);
}
