import { createHash } from 'node:crypto';

import type { Metafield } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { APP_NAMESPACE } from '../../app-namespace.ts';
import { connection } from '../connection.ts';
import type { Source } from '../context.ts';
import { dateTime } from './money.ts';

/** The type of a metafield's owner, as `MetafieldOwnerType` names it. */
export type OwnerType =
  'CUSTOMER' | 'PRODUCT' | 'PRODUCTVARIANT' | 'DISCOUNT' | 'VALIDATION' | 'APP_INSTALLATION';

/** The scope needed to write metafields of an owner; an app may always write those of its own installation. */
export const WRITE_SCOPES: Record<Exclude<OwnerType, 'APP_INSTALLATION'>, string> &
  Partial<Record<OwnerType, string>> = {
  CUSTOMER: 'write_customers',
  PRODUCT: 'write_products',
  PRODUCTVARIANT: 'write_products',
  DISCOUNT: 'write_discounts',
  VALIDATION: 'write_validations',
};

/** Anything with metafields. */
export type MetafieldOwner = { metafields?: Metafield[] };

/** The fields `metafield` and `metafields` of an owner. */
export function metafieldFields(owner: MetafieldOwner, ownerType: OwnerType): Source {
  const toSource = (metafield: Metafield) => metafieldSource(metafield, ownerType);
  return {
    metafield: (args) => {
      const namespace = typeof args.namespace === 'string' ? args.namespace : '$app';
      const found = findMetafield(owner, namespace, String(args.key));
      return found ? toSource(found) : null;
    },
    metafields: (args) =>
      connection(
        {
          items: (owner.metafields ?? []).filter(
            (each) => typeof args.namespace !== 'string' || each.namespace === realNamespace(args.namespace),
          ),
          idOf: (metafield) => metafield.id,
          toSource,
        },
        args,
      ),
  };
}

/** `Metafield` */
export function metafieldSource(metafield: Metafield, ownerType: OwnerType): Source {
  return {
    __typename: 'Metafield',
    id: gid('Metafield', metafield.id),
    legacyResourceId: String(metafield.id),
    namespace: metafield.namespace,
    key: metafield.key,
    type: metafield.type,
    value: metafield.value,
    jsonValue: () => jsonValue(metafield),
    compareDigest: compareDigest(metafield),
    sizeInBytes: Buffer.byteLength(metafield.value),
    ownerType,
    createdAt: dateTime(metafield.createdAt),
    updatedAt: dateTime(metafield.updatedAt),
  };
}

/** The value that `compareDigest` of a write is compared with. */
export function compareDigest(metafield: Metafield): string {
  return createHash('sha256').update(`${metafield.type}\n${metafield.value}`).digest('hex');
}

/** `$app` and `$app:name` as the namespace they are stored under. */
export function realNamespace(namespace: string): string {
  return namespace.replace(/^\$app(?::|$)/, (mark) =>
    mark.endsWith(':') ? `${APP_NAMESPACE}--` : APP_NAMESPACE,
  );
}

/** Finds a metafield of its owner, or undefined. */
export function findMetafield(owner: MetafieldOwner, namespace: string, key: string): Metafield | undefined {
  return owner.metafields?.find((each) => each.namespace === realNamespace(namespace) && each.key === key);
}

function jsonValue(metafield: Metafield): unknown {
  const textual = !/^(json|number_integer|boolean|weight|list\.)/.test(metafield.type);
  return textual ? metafield.value : JSON.parse(metafield.value);
}
