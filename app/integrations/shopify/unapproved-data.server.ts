/** What Shopify has not approved the app to read of a shop's customers: learned from its refusals, and stored. */
import { GraphqlQueryError } from '@shopify/shopify-api';
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { APPROVALS, unapprovedOf, type Approval } from './protected-fields.ts';

/** Shopify shows the app no customer and no order of this shop: not approved for customer data. */
export class CustomerDataRefused extends UpstreamError {
  constructor(shopDomain: string, cause: unknown) {
    super(`customer data of ${shopDomain} is not approved`, { retryable: false, outcomeKnown: true, cause });
    this.name = 'CustomerDataRefused';
  }
}

const errorsSchema = z.object({
  errors: z.object({ graphQLErrors: z.array(z.object({ message: z.string() })).catch([]) }),
});

/** Returns what an error of a request says is not approved; empty for any other error. */
export function refusedApprovals(error: unknown): Approval[] {
  if (!(error instanceof GraphqlQueryError)) return [];
  const body = errorsSchema.safeParse(error.body).data;
  return unapprovedOf((body?.errors.graphQLErrors ?? []).map(({ message }) => message));
}

/** Reads what is not approved in a shop, as far as known. */
export async function readUnapproved(shopDomain: string): Promise<Set<Approval>> {
  const { rows } = await pool.query<{ content: string }>(
    `SELECT u.content FROM unapproved_data u JOIN shops s USING (shop_id) WHERE s.domain = $1 AND u.granted_at IS NULL`,
    [shopDomain],
  );
  return new Set(APPROVALS.filter((each) => rows.some(({ content }) => content === each)));
}

/** Stores that these are not approved. */
export async function storeUnapproved(shopDomain: string, contents: readonly Approval[]): Promise<void> {
  await pool.query(
    `INSERT INTO unapproved_data (shop_id, content) SELECT s.shop_id, c FROM shops s, unnest($2::text[]) c
      WHERE s.domain = $1 ORDER BY c ON CONFLICT (shop_id, content) DO UPDATE SET granted_at = NULL`,
    [shopDomain, [...new Set(contents)]],
  );
}

/** Stores that these are approved now; what was not read meanwhile is still to be read. */
export async function storeGranted(shopDomain: string, contents: readonly Approval[]): Promise<void> {
  await pool.query(
    `UPDATE unapproved_data u SET granted_at = clock_timestamp() FROM shops s
      WHERE s.shop_id = u.shop_id AND s.domain = $1 AND u.content = ANY($2) AND u.granted_at IS NULL`,
    [shopDomain, contents],
  );
}
