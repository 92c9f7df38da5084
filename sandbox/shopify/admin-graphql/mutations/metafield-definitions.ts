import { z } from 'zod';

import type { MetafieldDefinition } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { demandScope } from '../access.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { realNamespace, WRITE_SCOPES } from '../sources/metafield.ts';
import { userError } from '../user-error.ts';

const input = z.strictObject({
  name: z.string(),
  namespace: z.string().nullish(),
  key: z.string(),
  description: z.string().nullish(),
  ownerType: z.enum(['PRODUCT', 'CUSTOMER'], {
    error: 'is not simulated for other owners than products and customers',
  }),
  type: z.string(),
  validations: z
    .array(z.object({ name: z.enum(['min', 'max']), value: z.string() }))
    .nullish()
    .transform((validations) => validations ?? []),
  access: z.looseObject({}).nullish(),
  pin: z.boolean().nullish(),
  useAsCollectionCondition: z.literal(false).nullish(),
});

const OWNERS = { PRODUCT: 'Product', CUSTOMER: 'Customer' };

/** `metafieldDefinitionCreate` for products and customers: one definition an owner, namespace and key. */
export function metafieldDefinitionCreate(args: FieldArguments, context: AdminContext): Source {
  const { name, key, ownerType, type, validations, ...rest } = input.parse(args.definition);
  demandScope(context.scopes, 'metafieldDefinitionCreate', WRITE_SCOPES[ownerType]);
  const namespace = realNamespace(rest.namespace ?? '$app');
  const { metafieldDefinitions } = context.state;
  const isThis = (each: MetafieldDefinition) =>
    each.ownerType === ownerType && each.namespace === namespace && each.key === key;
  if (metafieldDefinitions.some(isThis)) {
    const message = `Key is in use for ${OWNERS[ownerType]} metafields on the '${namespace}' namespace.`;
    return {
      createdDefinition: null,
      userErrors: [{ ...userError(['definition', 'key'], message, 'TAKEN') }],
    };
  }
  const definition: MetafieldDefinition = {
    id: context.world.nextId(),
    name,
    namespace,
    key,
    ownerType,
    type,
    validations,
  };
  metafieldDefinitions.push(definition);
  return { createdDefinition: () => definitionSource(definition), userErrors: [] };
}

/** `MetafieldDefinition` */
function definitionSource({ id, name, namespace, key, ownerType }: MetafieldDefinition): Source {
  return { id: gid('MetafieldDefinition', id), name, namespace, key, ownerType };
}

/** Why a value does not fit the definition of its metafield, or null. */
export function problemOfValue(
  definition: MetafieldDefinition | undefined,
  type: string,
  value: string,
): { field: 'type' | 'value'; message: string; code: string } | null {
  if (!definition) return null;
  if (definition.type !== type)
    return {
      field: 'type',
      message: `Type must be consistent with the definition's type: '${definition.type}'`,
      code: 'INVALID_TYPE',
    };
  for (const { name, value: limit } of definition.validations) {
    const isBroken = name === 'min' ? Number(value) < Number(limit) : Number(value) > Number(limit);
    const message = `Value has a ${name === 'min' ? 'minimum' : 'maximum'} of ${limit}.`;
    if (isBroken) return { field: 'value', message, code: 'INVALID_VALUE' };
  }
  return null;
}
