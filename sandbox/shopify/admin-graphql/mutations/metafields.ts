import { z } from 'zod';

import type {
  AppDiscount,
  AppInstallation,
  Customer,
  Metafield,
  Product,
  Validation,
  Variant,
} from '../../../state.ts';
import { idOf } from '../../../world.ts';
import { updateCustomer } from '../../customers.ts';
import { definitionsIn } from '../../metafield-definitions.ts';
import { announceProduct } from '../../products.ts';
import { demandScope } from '../access.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import {
  compareDigest,
  findMetafield,
  metafieldSource,
  realNamespace,
  type OwnerType,
  WRITE_SCOPES,
} from '../sources/metafield.ts';
import { installationOf } from '../sources/shop.ts';
import { problemOfValue } from './metafield-definitions.ts';
import { userError, type UserErrorSource } from '../user-error.ts';
import { findById } from '../../../find-by-id.ts';

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
export type Owner =
  | { ownerType: 'CUSTOMER'; resource: Customer }
  | { ownerType: 'PRODUCT'; resource: Product }
  | { ownerType: 'PRODUCTVARIANT'; resource: Variant; product: Product }
  | { ownerType: 'DISCOUNT'; resource: AppDiscount }
  | { ownerType: 'VALIDATION'; resource: Validation }
  | { ownerType: 'APP_INSTALLATION'; resource: AppInstallation };
type Write = { owner: Owner; input: Input; type: string };

/**
 * `metafieldsSet` on customers, products, variants and the app's automatic discounts: at most 25, all or none, `compareDigest` compared before anything is
 * written. The owners have changed too: products/update, customers/update.
 */
export function metafieldsSet(args: FieldArguments, context: AdminContext): Source {
  const given = inputs.parse(args.metafields);
  for (const { ownerId } of given) {
    const ownerType = ownerTypeOf(ownerId);
    const scope = ownerType && WRITE_SCOPES[ownerType];
    if (scope) demandScope(context.scopes, 'metafieldsSet', scope);
  }
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
    if ('owner' in checked) return [checked];
    errors.push(checked);
    return [];
  });
  if (errors.length > 0) return { metafields: null, userErrors: errors };
  const written = writes.map((write) => ({ metafield: store(context, write), write }));
  announceOwners(
    context,
    writes.map(({ owner }) => owner),
  );
  return {
    metafields: () =>
      written.map(({ metafield, write }) => metafieldSource(metafield, write.owner.ownerType)),
    userErrors: [],
  };
}

/** Announces the change of each product and customer once; a variant's is its product's. */
export function announceOwners({ world, domain }: AdminContext, owners: readonly Owner[]): void {
  const products = owners.flatMap((owner) => {
    if (owner.ownerType === 'PRODUCT') return [owner.resource];
    return owner.ownerType === 'PRODUCTVARIANT' ? [owner.product] : [];
  });
  for (const product of new Set(products)) announceProduct(world, domain, product);
  const customers = owners.flatMap((owner) => (owner.ownerType === 'CUSTOMER' ? [owner.resource.id] : []));
  for (const id of new Set(customers)) updateCustomer(world, domain, id, {});
}

export function ownerTypeOf(ownerId: string): OwnerType | null {
  return OWNER_TYPES.get(/^gid:\/\/shopify\/(\w+)\//.exec(ownerId)?.[1] ?? '') ?? null;
}

const OWNER_TYPES = new Map<string, OwnerType>([
  ['Customer', 'CUSTOMER'],
  ['Product', 'PRODUCT'],
  ['ProductVariant', 'PRODUCTVARIANT'],
  ['DiscountAutomaticNode', 'DISCOUNT'],
  ['Validation', 'VALIDATION'],
  ['AppInstallation', 'APP_INSTALLATION'],
]);

/** Finds the owner of the metafield; null when the shop has no such owner. */
export function ownerOf(context: AdminContext, ownerId: string): Owner | null {
  const { customers, products, appDiscounts = [] } = context.state;
  const id = idOf(ownerId);
  const ownerType = ownerTypeOf(ownerId);
  if (ownerType === 'CUSTOMER') {
    const resource = findById(customers, id);
    return resource ? { ownerType, resource } : null;
  }
  if (ownerType === 'PRODUCTVARIANT') {
    const product = products.find(({ variants }) => variants.some((variant) => variant.id === id));
    const variant = product?.variants.find((each) => each.id === id);
    return product && variant ? { ownerType, resource: variant, product } : null;
  }
  if (ownerType === 'DISCOUNT') {
    const discount = appDiscounts.find((each) => each.id === id);
    return discount ? { ownerType, resource: discount } : null;
  }
  if (ownerType === 'APP_INSTALLATION') {
    const resource = installationOf(context.state);
    return resource.id === id ? { ownerType, resource } : null;
  }
  if (ownerType === 'VALIDATION') {
    const validation = context.state.validations?.find((each) => each.id === id);
    return validation ? { ownerType, resource: validation } : null;
  }
  const resource = ownerType === 'PRODUCT' ? products.find((each) => each.id === id) : undefined;
  return resource ? { ownerType: 'PRODUCT', resource } : null;
}

function check(context: AdminContext, input: Input, index: number): Write | UserErrorSource {
  const field = (name: string) => ['metafields', String(index), name];
  const owner = ownerOf(context, input.ownerId);
  if (!owner)
    return userError(
      field('ownerId'),
      'Owner does not exist (the sandbox knows customers, products, variants, automatic app discounts, validations and the installation of the app).',
      'INVALID',
      index,
    );
  const held = findMetafield(owner.resource, input.namespace ?? '$app', input.key);
  const type = input.type ?? held?.type;
  if (!type) return userError(field('type'), "Type can't be blank", 'BLANK', index);
  if (Buffer.byteLength(input.value) > LONGEST_VALUE_BYTES) {
    return userError(field('value'), 'Value is too long', 'TOO_LONG', index);
  }
  if (!fitsType(type, input.value)) {
    return userError(field('value'), `Value is invalid for the type ${type}.`, 'INVALID_VALUE', index);
  }
  const definition = definitionsIn(context.state, context.sandbox.appConfig).find(
    ({ ownerType, namespace, key }) =>
      ownerType === owner.ownerType &&
      namespace === realNamespace(input.namespace ?? '$app') &&
      key === input.key,
  );
  const problem = problemOfValue(definition, type, input.value);
  if (problem) return userError(field(problem.field), problem.message, problem.code, index);
  if (input.compareDigest !== undefined) {
    const digest = held ? compareDigest(held) : null;
    if (digest !== input.compareDigest) {
      const message =
        'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.';
      return userError(field('compareDigest'), message, 'STALE_OBJECT', index);
    }
  }
  return { owner, input, type };
}

/**
 * These types are checked as Shopify does; values of others are accepted as they are. An empty value is never valid.
 */
function fitsType(type: string, value: string): boolean {
  if (value === '') return false;
  if (type === 'number_integer') return /^-?\d+$/.test(value);
  if (type === 'number_decimal') return /^-?\d{1,13}(?:\.\d{1,9})?$/.test(value);
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
  if (type === 'single_line_text_field') return !/[\r\n]/.test(value);
  if (type === 'json') return parsedJson(value) !== undefined;
  if (type !== 'list.single_line_text_field') return true;
  const list = parsedJson(value);
  return Array.isArray(list) && list.every((each) => typeof each === 'string' && !/[\r\n]/.test(each));
}

function parsedJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function store(context: AdminContext, { owner, input, type }: Write): Metafield {
  const now = context.world.instant();
  const held = findMetafield(owner.resource, input.namespace ?? '$app', input.key);
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
  (owner.resource.metafields ??= []).push(metafield);
  return metafield;
}
