/** What checkout extensions may send, checked field by field. The shapes are those of extensions/shared/club-api.ts. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { parseMinor } from '#app/lib/money.ts';
import { readBody, refusedBodyStatus } from '#app/lib/read-body.server.ts';
import { UNITS } from '#app/lib/units.ts';
import { isStorableId, parseJson } from '#app/lib/storable.ts';

/** The largest request of an extension is about 200 bytes. */
const BODY_LIMITS = { bytes: 4_096, ms: 10_000 };
const UNITS_DIGITS_MAX = 15;

const cartFields = {
  cartAmount: z.string().regex(/^\d{1,15}(\.\d{1,4})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
};
const cartSchema = z.object(cartFields).transform(toCart);
const rewardId = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .transform(BigInt)
  .refine(isStorableId);
const units = z
  .string()
  .regex(new RegExp(`^\\d{1,${UNITS_DIGITS_MAX}}$`))
  .transform(BigInt)
  .refine((amount) => amount > 0n);
const reserveSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pay'), key: z.uuid(), unit: z.enum(UNITS), units, ...cartFields }),
  z.object({ kind: z.literal('reward'), key: z.uuid(), rewardId, ...cartFields }),
]);
const claimSchema = z.object({ key: z.uuid(), rewardId });

function toCart({ cartAmount, currency }: { cartAmount: string; currency: string }) {
  return { amountMinor: parseMinor(cartAmount, currency), currency };
}

/** Reads the cart of the search `cartAmount=&currency=`; null if it has none, or none that is valid. */
export function readCart(search: string): z.infer<typeof cartSchema> | null {
  return cartSchema.safeParse(Object.fromEntries(new URLSearchParams(search))).data ?? null;
}

type Read<T> = { ok: true; body: T } | { ok: false; status: 400 | 408 | 413 | 503; field: string };

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

async function readJsonBody<T>(source: Readable, schema: z.ZodType<T>): Promise<Read<T>> {
  const read = await readBody(source, BODY_LIMITS);
  if (read.state !== 'read') return { ok: false, status: refusedBodyStatus(read), field: 'body' };
  const parsed = schema.safeParse(parseJson(read.body.toString('utf8')));
  if (parsed.success) return { ok: true, body: parsed.data };
  return { ok: false, status: 400, field: String(parsed.error.issues[0]?.path[0] ?? 'body') };
}
