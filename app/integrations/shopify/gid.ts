import { invariant } from '#app/lib/errors.ts';
import { gidToId } from '#app/lib/ids.ts';

/** Returns the number in one of Shopify's gids. Throws for one of another type, which would be a bug. */
export function idOfGid(gid: string, type: string): bigint {
  const id = gidToId(gid, type);
  invariant(id !== null, `the Admin API calls a ${type} ${gid}`);
  return id;
}
