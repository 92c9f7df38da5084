import { z } from 'zod';
import { env } from '#app/env.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { cleanJsonText } from '#app/lib/storable.ts';
import { shopifyFetch } from './fetch.server.ts';

/** A staff member as Shopify returns them. */
export interface StaffUser {
  userId: bigint;
  name: string;
}

const answerSchema = z.object({
  associated_user: z.object({
    id: z.union([z.number(), z.string().regex(/^\d+$/)]),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    email: z.string().nullish(),
  }),
});

const send = shopifyFetch(env.SHOPIFY_SANDBOX_ORIGIN);

/**
 * Returns the staff user who sent this request of the embedded admin. A session token has only the user's id; Shopify
 * returns the name when the token is exchanged for an online one, which isn't stored. Null when the request carries
 * no token.
 * @throws UpstreamError when Shopify doesn't answer
 */
export async function fetchStaffUser(request: Request, shopDomain: string): Promise<StaffUser | null> {
  const token = sessionTokenOf(request);
  if (token === null) return null;
  const response = await exchange(shopDomain, token);
  const answer = answerSchema.safeParse(response);
  if (!answer.success) throw new UpstreamError('an online token without its user', DEFINITE);
  const { id, first_name: first, last_name: last, email } = answer.data.associated_user;
  const name = [first, last].filter((part) => part != null && part !== '').join(' ') || email;
  return name ? { userId: BigInt(id), name } : null;
}

const DEFINITE = { retryable: false, outcomeKnown: true };

async function exchange(shopDomain: string, subjectToken: string): Promise<unknown> {
  try {
    const response = await send(`https://${shopDomain}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        client_id: env.SHOPIFY_API_KEY,
        client_secret: env.SHOPIFY_API_SECRET,
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: subjectToken,
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        requested_token_type: 'urn:shopify:params:oauth:token-type:online-access-token',
      }),
    });
    if (!response.ok) throw new UpstreamError(`token exchange answered ${response.status}`, DEFINITE);
    return JSON.parse(cleanJsonText(await response.text()));
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    throw new UpstreamError('token exchange failed', { retryable: true, outcomeKnown: true, cause: error });
  }
}

/** App Bridge sends the token as a header; the frame's first document has it in its address. */
function sessionTokenOf(request: Request): string | null {
  const [, fromHeader] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  return fromHeader ?? new URL(request.url).searchParams.get('id_token');
}
