import { z } from 'zod';

import type { MetafieldDefinition } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { demandScope } from '../access.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { realNamespace, WRITE_SCOPES } from '../sources/metafield.ts';
import { definitionsIn, isAdminFilterable } from '../../metafield-definitions.ts';
import { userError, type UserErrorSource } from '../user-error.ts';

const enabled = z.object({ enabled: z.boolean() }).nullish();

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
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullish()
    .transform((validations) => validations ?? []),
  access: z.looseObject({}).nullish(),
  capabilities: z
    .looseObject({ adminFilterable: enabled, smartCollectionCondition: enabled, uniqueValues: enabled })
    .nullish(),
  /** Deprecated, and false by default: `capabilities.smartCollectionCondition` is meant. */
  useAsCollectionCondition: z.boolean().nullish(),
  constraints: z.looseObject({}).nullish(),
  pin: z.boolean().nullish(),
});

type Input = z.output<typeof input>;

const OWNERS = { PRODUCT: 'Product', CUSTOMER: 'Customer' };
const DEFINITIONS_MAX = 256;
const PINNED_MAX = 50;
const UNIQUE_TYPES = ['id', 'number_integer', 'single_line_text_field', 'url'];
const SIMULATED_VALIDATIONS = ['min', 'max'] as const;

/**
 * `metafieldDefinitionCreate` for products and customers: one definition per owner, namespace and key, in the places that
 * the merchant's own leave. Capabilities are checked; only that a field can be filtered by is stored.
 */
export function metafieldDefinitionCreate(args: FieldArguments, context: AdminContext): Source {
  const given = input.parse(args.definition);
  const { name, key, ownerType, type, validations, capabilities, pin } = given;
  demandScope(context.scopes, 'metafieldDefinitionCreate', WRITE_SCOPES[ownerType]);
  const namespace = realNamespace(given.namespace ?? '$app');
  const problem = problemOf(given, namespace, context);
  if (problem) return { createdDefinition: null, userErrors: [problem] };
  const definition: MetafieldDefinition = {
    id: context.world.nextId(),
    name,
    namespace,
    key,
    ownerType,
    type,
    validations: SIMULATED_VALIDATIONS.flatMap((each) =>
      validations
        .filter((validation) => validation.name === each)
        .map(({ value }) => ({ name: each, value })),
    ),
    isAdminFilterable: capabilities?.adminFilterable?.enabled ?? false,
    isPinned: pin ?? false,
  };
  context.state.metafieldDefinitions.push(definition);
  return { createdDefinition: () => definitionSource(definition), userErrors: [] };
}

/** Shopify's refusal; codes are the schema's. */
function problemOf(given: Input, namespace: string, context: AdminContext): UserErrorSource | null {
  const { key, ownerType, type, validations, constraints, pin } = given;
  const { state, sandbox } = context;
  const known = definitionsIn(state, sandbox.appConfig).filter((each) => each.ownerType === ownerType);
  const owner = OWNERS[ownerType];
  if (known.some((each) => each.namespace === namespace && each.key === key)) {
    const message = `Key is in use for ${owner} metafields on the '${namespace}' namespace.`;
    return userError(['definition', 'key'], message, 'TAKEN');
  }
  const refused = refusedCapability(given);
  if (refused) {
    const message = `The capability ${refused} is not valid for this definition.`;
    return userError(['definition'], message, 'INVALID_CAPABILITY');
  }
  const unknown = validations.find(({ name }) => !SIMULATED_VALIDATIONS.some((each) => each === name));
  if (unknown) {
    const message = `Validation ${unknown.name} is not supported for type ${type}.`;
    return userError(['definition', 'validations'], message, 'INVALID_OPTION');
  }
  const merchants = ownerType === 'PRODUCT' ? state.merchantDefinitions : undefined;
  if (known.length + (merchants?.total ?? 0) >= DEFINITIONS_MAX)
    return userError(
      ['definition'],
      `Stores can only have ${DEFINITIONS_MAX} definitions for each store resource.`,
      'LIMIT_EXCEEDED',
    );
  if (pin && constraints)
    return userError(
      ['definition'],
      'The metafield definition does not support pinning.',
      'UNSUPPORTED_PINNING',
    );
  const pinned = known.filter(({ isPinned }) => isPinned).length + (merchants?.pinned ?? 0);
  if (pin && pinned >= PINNED_MAX)
    return userError(null, `Limit of ${PINNED_MAX} pinned definitions.`, 'PINNED_LIMIT_REACHED');
  const owners = ownerType === 'PRODUCT' ? state.products : state.customers;
  const isOtherType = owners.some(({ metafields }) =>
    metafields.some((each) => each.namespace === namespace && each.key === key && each.type !== type),
  );
  if (!isOtherType) return null;
  const message = 'Unstructured metafields already exist for this owner type, namespace, and key.';
  return userError(null, message, 'UNSTRUCTURED_ALREADY_EXISTS');
}

function refusedCapability({ ownerType, type, capabilities, ...given }: Input): string | null {
  if (capabilities?.adminFilterable?.enabled && !isAdminFilterable(type)) return 'admin_filterable';
  const isCondition = ownerType === 'PRODUCT' && type === 'single_line_text_field';
  const wantsCondition = capabilities?.smartCollectionCondition?.enabled ?? given.useAsCollectionCondition;
  if (wantsCondition && !isCondition) return 'smart_collection_condition';
  return capabilities?.uniqueValues?.enabled && !UNIQUE_TYPES.includes(type) ? 'unique_values' : null;
}

/** `MetafieldDefinition` */
function definitionSource(definition: MetafieldDefinition): Source {
  const { id, name, namespace, key, ownerType, isAdminFilterable: isFilterable = false } = definition;
  return {
    id: gid('MetafieldDefinition', id),
    name,
    namespace,
    key,
    ownerType,
    capabilities: { adminFilterable: { enabled: isFilterable } },
  };
}

/** Returns why a value doesn't fit the definition of its metafield, or null. */
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
