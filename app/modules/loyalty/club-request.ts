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
const reserveSchema = z
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
  .transform(({ cartAmount, currency, ...rest }) => ({ ...rest, cart: toCart({ cartAmount, currency }) }));

export type ReserveBody = z.infer<typeof reserveSchema>;

function toCart({ cartAmount, currency }: { cartAmount: string; currency: string }) {
  return { amountMinor: parseMinor(cartAmount, currency), currency };
}

/** The cart of `GET /api/club?cartAmount=&currency=`; null when the address names none, or no readable one. */
export function readCart(url: string): z.infer<typeof cartSchema> | null {
  return cartSchema.safeParse(Object.fromEntries(new URL(url).searchParams)).data ?? null;
}

/** The body of `POST /api/redemptions`, or the first field that is wrong (`body` when it is no JSON of a sane size). */
export async function readReserveBody(
  request: Request,
): Promise<{ ok: true; body: ReserveBody } | { ok: false; field: string }> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES_MAX)
    return { ok: false, field: 'body' };
  const parsed = reserveSchema.safeParse(await request.json().catch(() => null));
  if (parsed.success) return { ok: true, body: parsed.data };
  return { ok: false, field: String(parsed.error.issues[0]?.path[0] ?? 'body') };
}
