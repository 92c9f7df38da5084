/** What checkout extensions may send, checked field by field. The shapes are those of extensions/shared/club-api.ts. */
import { z } from 'zod';
import { parseMinor } from '#app/lib/money.ts';
import { UNITS } from './rules/units.ts';

const BODY_BYTES_MAX = 4_096;
const UNITS_DIGITS_MAX = 15;

const cartFields = {
  cartAmount: z.string().regex(/^\d{1,15}(\.\d{1,4})?$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
};
const cartSchema = z.object(cartFields).transform(toCart);
const rewardId = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .transform(BigInt);
const amountSchema = z
  .object({
    key: z.uuid(),
    unit: z.enum(UNITS),
    units: z
      .string()
      .regex(new RegExp(`^\\d{1,${UNITS_DIGITS_MAX}}$`))
      .transform(BigInt)
      .refine((units) => units > 0n),
    ...cartFields,
  })
  .transform(withCart);
const rewardSchema = z.object({ key: z.uuid(), rewardId, ...cartFields }).transform(withCart);
const claimSchema = z.object({ key: z.uuid(), rewardId });

type WithCart<T> = Omit<T, 'cartAmount' | 'currency'> & { cart: ReturnType<typeof toCart> };

function withCart<T extends { cartAmount: string; currency: string }>(body: T): WithCart<T> {
  const { cartAmount, currency, ...rest } = body;
  return { ...rest, cart: toCart({ cartAmount, currency }) };
}

export type ReserveBody =
  ({ kind: 'pay' } & z.infer<typeof amountSchema>) | ({ kind: 'reward' } & z.infer<typeof rewardSchema>);

function toCart({ cartAmount, currency }: { cartAmount: string; currency: string }) {
  return { amountMinor: parseMinor(cartAmount, currency), currency };
}

/** The cart of `GET /api/club?cartAmount=&currency=`; null when the address names none, or no readable one. */
export function readCart(url: string): z.infer<typeof cartSchema> | null {
  return cartSchema.safeParse(Object.fromEntries(new URL(url).searchParams)).data ?? null;
}

type Read<T> = { ok: true; body: T } | { ok: false; field: string };

/** The body of `POST /api/redemptions`, or the first field that is wrong (`body` when it is no JSON of a sane size). */
export async function readReserveBody(request: Request): Promise<Read<ReserveBody>> {
  const json = await readJson(request);
  if (json !== null && typeof json === 'object' && 'rewardId' in json) {
    const reward = check(rewardSchema, json);
    return reward.ok ? { ok: true, body: { kind: 'reward', ...reward.body } } : reward;
  }
  const amount = check(amountSchema, json);
  return amount.ok ? { ok: true, body: { kind: 'pay', ...amount.body } } : amount;
}

/** The body of `POST /api/claims`, or the first field that is wrong. */
export async function readClaimBody(request: Request): Promise<Read<z.infer<typeof claimSchema>>> {
  return check(claimSchema, await readJson(request));
}

async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX) return null;
  return request.json().catch(() => null);
}

function check<T>(schema: z.ZodType<T>, json: unknown): Read<T> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, body: parsed.data };
  return { ok: false, field: String(parsed.error.issues[0]?.path[0] ?? 'body') };
}
