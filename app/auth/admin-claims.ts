/**
 * Which surface a session token is of. Shopify signs the tokens of the admin, of checkouts and of customer accounts with
 * the same secret and audience; only their claims tell them apart.
 */
import { z } from 'zod';

const ADMIN_DEST = /^https:\/\/([a-z0-9][a-z0-9-]*\.myshopify\.com)$/;

const adminClaims = z
  .object({
    dest: z.string().regex(ADMIN_DEST),
    iss: z.string(),
    /** The staff user's id. A customer's is a gid. */
    sub: z.string().regex(/^[1-9]\d{0,18}$/),
    sid: z.string().min(1),
    exp: z.number(),
  })
  .refine(({ iss, dest }) => iss === `${dest}/admin`);

/**
 * Returns whether a request carries a token of another surface than the embedded admin's. Only the claims are read:
 * whether the token is genuine, and a request without a readable one, is for Shopify's library to decide.
 */
export function hasForeignToken(request: Request): boolean {
  const header = request.headers.get('authorization')?.replace('Bearer ', '');
  // In the library's own order, so that both judge the same token.
  const token = header || new URL(request.url).searchParams.get('id_token');
  const claims = token ? readClaims(token) : undefined;
  return claims !== undefined && !adminClaims.safeParse(claims).success;
}

function readClaims(token: string): unknown {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
