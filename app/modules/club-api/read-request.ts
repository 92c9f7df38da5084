/** What checkout extensions may send, checked field by field. The shapes are those of extensions/shared/club-api.ts. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { currencyDigits, parseMinor } from '#app/lib/money.ts';
import { readBody, refusedBodyStatus } from '#app/lib/read-body.server.ts';
import { UNITS } from '#app/lib/units.ts';
import type { Unapplied } from '#app/modules/redemptions/release-redemption.server.ts';
import { isStorableId, parseJson } from '#app/lib/storable.ts';

/** The largest request of an extension is about 200 bytes. */
const BODY_LIMITS = { bytes: 4_096, ms: 10_000 };
const UNITS_DIGITS_MAX = 15;

const cartFields = {
  cartAmount: z.string().regex(/^\d{1,15}(\.\d{1,4})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
};
const cartSchema = z.object(cartFields).transform(toCart);
/** An id as JSON carries it: digits, as a text. */
export const idSchema = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .transform(BigInt)
  .refine(isStorableId);
const units = z
  .string()
  .regex(new RegExp(`^\\d{1,${UNITS_DIGITS_MAX}}$`))
  .transform(BigInt)
  .refine((amount) => amount > 0n);
export const reserveSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pay'), key: z.uuid(), unit: z.enum(UNITS), units, ...cartFields }),
  z.object({ kind: z.literal('reward'), key: z.uuid(), rewardId: idSchema, ...cartFields }),
]);
export const claimSchema = z.object({ key: z.uuid(), rewardId: idSchema });

/** Returns the cart of a body's two fields. */
export function toCart({ cartAmount, currency }: { cartAmount: string; currency: string }) {
  return { amountMinor: parseMinor(cartAmount, currency), currency };
}

/** Reads the cart of the search `cartAmount=&currency=`; null if it has none, or none that is valid. */
export function readCart(search: string): z.infer<typeof cartSchema> | null {
  return cartSchema.safeParse(Object.fromEntries(new URLSearchParams(search))).data ?? null;
}

const CART_LINES_MAX = 250;
/** `product:variant:quantity:gross:discount`, and `:gift` for a gift card; amounts in hundredths, whatever the currency, as a shop's pages have them. */
const lineText = z
  .string()
  .regex(/^\d{1,19}:\d{1,19}:\d{1,6}:\d{1,15}:\d{1,15}(:gift)?$/)
  .transform((text) => text.split(':'))
  .pipe(
    z
      .tuple([idSchema, idSchema, z.string(), z.string(), z.string()])
      .rest(z.string())
      .transform(([productId, variantId, quantity, gross, discount, gift]) => ({
        productId,
        variantId,
        quantity: Number(quantity),
        gross: BigInt(gross),
        discount: BigInt(discount),
        isGiftCard: gift !== undefined,
      }))
      .refine(({ quantity, gross, discount }) => quantity > 0 && discount <= gross),
  );
const earningSchema = z
  .object({
    currency: cartFields.currency,
    lines: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(lineText).min(1).max(CART_LINES_MAX)),
  })
  .transform(({ currency, lines }) => {
    const toMinor = (hundredths: bigint) => (hundredths * 10n ** BigInt(currencyDigits(currency))) / 100n;
    return {
      currency,
      lines: lines.map(({ gross, discount, ...line }) => ({
        ...line,
        grossMinor: toMinor(gross),
        discountMinor: toMinor(discount),
      })),
    };
  });

/** Reads the cart of the search `currency=&lines=`, a line as `product:variant:quantity:gross:discount`; null if it is invalid. */
export function readCartLines(search: string): z.infer<typeof earningSchema> | null {
  return earningSchema.safeParse(Object.fromEntries(new URLSearchParams(search))).data ?? null;
}

/** Reads the product of the search `product=`; null if there is none. */
export function readProductId(search: string): bigint | null {
  return idSchema.safeParse(new URLSearchParams(search).get('product')).data ?? null;
}

const UNAPPLIED: readonly Unapplied[] = ['yes', 'price'];

/** What a release says of its code: `?unapplied=yes` or `price`; `no` for anything else. */
export function readUnapplied(search: string): Unapplied {
  return UNAPPLIED.find((each) => each === new URLSearchParams(search).get('unapplied')) ?? 'no';
}

export type Read<T> = { ok: true; body: T } | { ok: false; status: 400 | 408 | 413 | 503; field: string };

/** Reads the body of `POST /api/redemptions`, or names the first invalid field (`body` if it is no JSON). */
export async function readReserveBody(source: Readable) {
  const read = await readJsonBody(source, reserveSchema);
  if (!read.ok) return read;
  const { cartAmount, currency, ...body } = read.body;
  return { ok: true as const, body: { ...body, cart: toCart({ cartAmount, currency }) } };
}

/** Reads the body of `POST /api/claims`, or names the first invalid field. */
export function readClaimBody(source: Readable): Promise<Read<z.infer<typeof claimSchema>>> {
  return readJsonBody(source, claimSchema);
}

/** Reads and drops the body of a request that needs none, so that it cannot be large or slow either. */
export function readNoBody(source: Readable): Promise<Read<unknown>> {
  return readJsonBody(source, z.unknown());
}

/** Reads a body of JSON by a schema, or names the first invalid field. */
export async function readJsonBody<T>(
  source: Readable,
  schema: z.ZodType<T>,
  limits = BODY_LIMITS,
): Promise<Read<T>> {
  const read = await readBody(source, limits);
  if (read.state !== 'read') return { ok: false, status: refusedBodyStatus(read), field: 'body' };
  const parsed = schema.safeParse(parseJson(read.body.toString('utf8')));
  if (parsed.success) return { ok: true, body: parsed.data };
  return { ok: false, status: 400, field: String(parsed.error.issues[0]?.path[0] ?? 'body') };
}
