import { z } from 'zod';

import type { Customer, Metafield } from '../../../state.ts';
import { idOf } from '../../../world.ts';
import { demandScope } from '../access.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { compareDigest, findMetafield, metafieldSource, realNamespace } from '../sources/customer.ts';
import { userError, type UserErrorSource } from '../user-error.ts';

const MOST_METAFIELDS = 25;
const LONGEST_VALUE_BYTES = 128 * 1024;

const inputs = z.array(
  z.object({
    ownerId: z.string(),
    namespace: z.string().nullish(),
    key: z.string(),
    type: z.string().nullish(),
    value: z.string(),
    compareDigest: z.string().nullish(),
  }),
);

type Input = z.output<typeof inputs>[number];
type Write = { customer: Customer; input: Input; type: string };

/** `metafieldsSet` on customers: at most 25, all or none, `compareDigest` compared before anything is written. */
export function metafieldsSet(args: FieldArguments, context: AdminContext): Source {
  demandScope(context.scopes, 'metafieldsSet', 'write_customers');
  const given = inputs.parse(args.metafields);
  const errors: UserErrorSource[] = [];
  if (given.length > MOST_METAFIELDS) {
    errors.push(
      userError(
        ['metafields'],
        `Exceeded the maximum metafields input limit of ${MOST_METAFIELDS}.`,
        'LESS_THAN_OR_EQUAL_TO',
      ),
    );
  }
  const writes = given.flatMap((input, index) => {
    const checked = check(context, input, index);
    if ('customer' in checked) return [checked];
    errors.push(checked);
    return [];
  });
  if (errors.length > 0) return { metafields: null, userErrors: errors };
  const written = writes.map((write) => store(context, write));
  return { metafields: () => written.map(metafieldSource), userErrors: [] };
}

function check(context: AdminContext, input: Input, index: number): Write | UserErrorSource {
  const field = (name: string) => ['metafields', String(index), name];
  const customer = input.ownerId.startsWith('gid://shopify/Customer/')
    ? context.state.customers.find((each) => each.id === idOf(input.ownerId))
    : undefined;
  if (!customer)
    return userError(
      field('ownerId'),
      'Owner does not exist (the sandbox knows customers only).',
      'INVALID',
      index,
    );
  const held = findMetafield(customer, input.namespace ?? '$app', input.key);
  const type = input.type ?? held?.type;
  if (!type) return userError(field('type'), "Type can't be blank", 'BLANK', index);
  if (Buffer.byteLength(input.value) > LONGEST_VALUE_BYTES) {
    return userError(field('value'), 'Value is too long', 'TOO_LONG', index);
  }
  if (!fitsType(type, input.value)) {
    return userError(field('value'), `Value is invalid for the type ${type}.`, 'INVALID_VALUE', index);
  }
  if (input.compareDigest !== undefined) {
    const digest = held ? compareDigest(held) : null;
    if (digest !== input.compareDigest) {
      const message =
        'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.';
      return userError(field('compareDigest'), message, 'STALE_OBJECT', index);
    }
  }
  return { customer, input, type };
}

/** Integers and JSON are checked as Shopify does; the other types of values are taken as they are. */
function fitsType(type: string, value: string): boolean {
  if (type === 'number_integer') return /^-?\d+$/.test(value);
  if (type !== 'json') return true;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

function store(context: AdminContext, { customer, input, type }: Write): Metafield {
  const now = context.world.instant();
  const held = findMetafield(customer, input.namespace ?? '$app', input.key);
  if (held) {
    Object.assign(held, { type, value: input.value, updatedAt: now });
    return held;
  }
  const metafield: Metafield = {
    id: context.world.nextId(),
    namespace: realNamespace(input.namespace ?? '$app'),
    key: input.key,
    type,
    value: input.value,
    createdAt: now,
    updatedAt: now,
  };
  customer.metafields.push(metafield);
  return metafield;
}
