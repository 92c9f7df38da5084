import { z } from 'zod';

import { BadRequest, type Exchange } from '../router.ts';
import type { Customer } from '../state.ts';
import { UnknownError, type World } from '../world.ts';

/** A customer by gid, numeric id or e-mail; null is a guest. */
export const customerReference = z.union([z.string(), z.number()]).nullable();

/** Parses a JSON body with a schema. Throws `BadRequest` naming the invalid fields. */
export async function readBody<Schema extends z.ZodType>(
  exchange: Exchange,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await exchange.json());
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new BadRequest(problems.join('; '));
}

/** Returns the shop of a request: its `shop` parameter, or the only shop when it is left out. */
export function shopOf(world: World, shop: string | null | undefined): string {
  const domain = shop ?? world.shopDomains()[0];
  if (domain === undefined) throw new UnknownError('the sandbox has no shop');
  return world.shop(domain).shop.domain;
}

/** Finds the customer, or null for a guest. Throws `UnknownError` when there is no such customer. */
export function customerOf(
  world: World,
  shop: string,
  reference: string | number | null | undefined,
): Customer | null {
  if (reference === null || reference === undefined) return null;
  const customer = world.findCustomer(shop, reference);
  if (!customer) throw new UnknownError(`no customer ${reference} in ${shop}`);
  return customer;
}
