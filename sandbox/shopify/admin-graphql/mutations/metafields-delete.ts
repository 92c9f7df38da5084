import { z } from 'zod';

import { demandScope } from '../access.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { findMetafield, WRITE_SCOPES } from '../sources/metafield.ts';
import { userError } from '../user-error.ts';
import { announceOwners, ownerOf, ownerTypeOf } from './metafields.ts';

const identifiers = z.array(z.object({ ownerId: z.string(), namespace: z.string(), key: z.string() }));

/** `metafieldsDelete`: all or none; a missing one isn't an error, its entry in the response is null. */
export function metafieldsDelete(args: FieldArguments, context: AdminContext): Source {
  const given = identifiers.parse(args.metafields);
  for (const { ownerId } of given) {
    const ownerType = ownerTypeOf(ownerId);
    const scope = ownerType && WRITE_SCOPES[ownerType];
    if (scope) demandScope(context.scopes, 'metafieldsDelete', scope);
  }
  const found = given.map((identifier) => ({ identifier, owner: ownerOf(context, identifier.ownerId) }));
  const missing = found.findIndex(({ owner }) => owner === null);
  if (missing >= 0) {
    const field = ['metafields', String(missing), 'ownerId'];
    return { deletedMetafields: null, userErrors: [userError(field, 'Owner does not exist.')] };
  }
  const touched = found.flatMap(({ owner, identifier: { namespace, key } }) => {
    const metafield = owner ? findMetafield(owner.resource, namespace, key) : undefined;
    if (!owner || !metafield) return [];
    owner.resource.metafields = (owner.resource.metafields ?? []).filter((each) => each !== metafield);
    return [{ owner, namespace, key }];
  });
  announceOwners(
    context,
    touched.map(({ owner }) => owner),
  );
  const wasThere = ({ ownerId, namespace, key }: (typeof given)[number]) =>
    touched.some(
      (each) => each.namespace === namespace && each.key === key && isOf(each.owner.resource.id, ownerId),
    );
  return {
    deletedMetafields: given.map((identifier) => (wasThere(identifier) ? { ...identifier } : null)),
    userErrors: [],
  };
}

const isOf = (id: number, ownerId: string): boolean => ownerId.endsWith(`/${id}`);
