import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** The parts of the sandbox's configuration that signing and checking need. */
export type AppCredentials = { apiKey: string; apiSecret: string };

/** Who signs tokens for whom: staff in the admin and at a point of sale, buyers in checkout and account. */
export const TOKEN_SURFACES = ['admin', 'admin_extension', 'pos', 'checkout', 'customer_account'] as const;
export type TokenSurface = (typeof TOKEN_SURFACES)[number];

const STAFF_SURFACES: readonly TokenSurface[] = ['admin', 'admin_extension', 'pos'];

/** `customer`: numeric id of the signed-in buyer; without it a buyer's token has no `sub`, as for a guest. */
export type SessionTokenInput = {
  surface: TokenSurface;
  shop: string;
  customer?: number | null;
};

export type SessionTokenClaims = {
  iss?: string;
  dest: string;
  aud: string;
  sub?: string;
  exp: number;
  nbf: number;
  iat: number;
  jti: string;
  sid?: string;
};

const ADMIN_TOKEN_SECONDS = 60;
const CHECKOUT_TOKEN_SECONDS = 300;
const LEEWAY_SECONDS = 10;
const STAFF_USER_ID = '86402001';

/**
 * Signs the JWT that App Bridge, an admin extension or POS provides (1 minute, of the user who is signed in), or an
 * extension in checkout or customer account (5 minutes). Times are the machine's, not the sandbox's clock: the app checks
 * them against its own.
 */
export function signSessionToken(app: AppCredentials, input: SessionTokenInput): string {
  const now = Math.floor(Date.now() / 1000);
  const shared = { aud: app.apiKey, nbf: now, iat: now, jti: randomUUID() };
  if (STAFF_SURFACES.includes(input.surface)) {
    return encode(app.apiSecret, {
      ...shared,
      iss: `https://${input.shop}/admin`,
      dest: `https://${input.shop}`,
      sub: STAFF_USER_ID,
      exp: now + ADMIN_TOKEN_SECONDS,
      sid: randomUUID(),
    });
  }
  return encode(app.apiSecret, {
    ...shared,
    dest: input.shop,
    exp: now + CHECKOUT_TOKEN_SECONDS,
    ...(input.customer ? { sub: `gid://shopify/Customer/${input.customer}` } : {}),
  });
}

export type TokenVerdict =
  | { ok: true; claims: SessionTokenClaims }
  | { ok: false; reason: 'malformed' | 'bad_signature' | 'expired' | 'not_yet_valid' | 'other_app' };

/** Checks signature (HS256), expiry, start and audience of a session token. */
export function verifySessionToken(app: AppCredentials, token: string): TokenVerdict {
  const [header, body, signature, ...rest] = token.split('.');
  if (!header || !body || !signature || rest.length > 0) return { ok: false, reason: 'malformed' };
  const given = Buffer.from(signature, 'base64url');
  const wanted = createHmac('sha256', app.apiSecret).update(`${header}.${body}`).digest();
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    return { ok: false, reason: 'bad_signature' };
  }
  const claims = readClaims(body);
  if (!claims) return { ok: false, reason: 'malformed' };
  const now = Date.now() / 1000;
  if (claims.exp + LEEWAY_SECONDS < now) return { ok: false, reason: 'expired' };
  if (claims.nbf - LEEWAY_SECONDS > now) return { ok: false, reason: 'not_yet_valid' };
  if (claims.aud !== app.apiKey) return { ok: false, reason: 'other_app' };
  return { ok: true, claims };
}

function encode(secret: string, claims: SessionTokenClaims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function readClaims(body: string): SessionTokenClaims | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    return isClaims(value) ? value : null;
  } catch {
    return null;
  }
}

function isClaims(value: unknown): value is SessionTokenClaims {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'dest' in value &&
    typeof value.dest === 'string' &&
    'aud' in value &&
    typeof value.aud === 'string' &&
    'exp' in value &&
    typeof value.exp === 'number' &&
    'nbf' in value &&
    typeof value.nbf === 'number'
  );
}
