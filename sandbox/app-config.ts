import { readFileSync } from 'node:fs';

import { parse } from 'smol-toml';
import { z } from 'zod';

import { adminSchema } from './shopify/admin-graphql/schema.ts';
import { APP_NAMESPACE } from './shopify/app-namespace.ts';
import { isAdminFilterable } from './shopify/metafield-definitions.ts';
import type { MetafieldDefinition } from './state.ts';

const PROXY_SCOPE = 'write_app_proxy';
/** Scopes that no field of the Admin API names. */
const OTHER_SCOPES = ['read_all_orders', 'read_app_proxy', PROXY_SCOPE];

const declaredMetafield = z.strictObject({
  name: z.string(),
  type: z.string(),
  description: z.string().optional(),
  access: z
    .strictObject({
      admin: z.enum(['merchant_read', 'merchant_read_write']).optional(),
      storefront: z.enum(['public_read', 'none']).optional(),
      customer_account: z.enum(['read', 'read_write', 'none']).optional(),
    })
    .optional(),
  capabilities: z
    .strictObject({ admin_filterable: z.boolean().optional(), unique_values: z.boolean().optional() })
    .optional(),
});
const metafields = z
  .object({ metafields: z.strictObject({ app: z.record(z.string(), declaredMetafield) }) })
  .optional();

const file = z.object({
  customer: metafields,
  product: metafields,
  access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()).default([]) }),
  webhooks: z.object({
    api_version: z.string(),
    subscriptions: z.array(
      z.object({
        topics: z.array(z.string()).default([]),
        compliance_topics: z.array(z.string()).default([]),
        uri: z.string(),
        include_fields: z.array(z.string()).optional(),
      }),
    ),
  }),
  app_proxy: z.object({ url: z.string(), subpath: z.string(), prefix: z.string() }).optional(),
});

export type Subscription = {
  /** The path (or address) its webhooks are sent to. */
  uri: string;
  /** The only fields of the payload that are sent; null for all. */
  includeFields: string[] | null;
};

/** What Shopify reads from the app's own configuration. */
export type AppConfig = {
  /** Granted on install. */
  scopes: string[];
  /** Granted when the merchant agrees in a dialog that the app asks for. */
  optionalScopes: string[];
  apiVersion: string;
  /** Topic to its subscription. */
  subscriptions: Map<string, Subscription>;
  /** The metafields that the app defines in its own namespace, in every shop. */
  metafieldDefinitions: MetafieldDefinition[];
  proxy: { url: string; subpath: string; prefix: string } | null;
};

/**
 * Reads shopify.app.toml. Throws when it is missing, or a part that the sandbox needs is, and for what a deploy refuses: a
 * scope that there is not, and an app proxy without its scope.
 */
export function readAppConfig(path: string | URL): AppConfig {
  const parsed = file.parse(parse(readFileSync(path, 'utf8')));
  const subscriptions = new Map<string, Subscription>();
  for (const { topics, compliance_topics: compliance, uri, ...rest } of parsed.webhooks.subscriptions) {
    const subscription = { uri, includeFields: rest.include_fields ?? null };
    for (const topic of [...topics, ...compliance]) subscriptions.set(topic, subscription);
  }
  const scopes = parsed.access_scopes.scopes.split(',').map((scope) => scope.trim());
  const optionalScopes = parsed.access_scopes.optional_scopes;
  const unknown = [...scopes, ...optionalScopes].filter((scope) => !knownScopes().has(scope));
  if (unknown.length > 0) throw new Error(`shopify.app.toml: these are no scopes: ${unknown.join(', ')}`);
  if (parsed.app_proxy && !scopes.includes(PROXY_SCOPE))
    throw new Error(`shopify.app.toml: [app_proxy] needs the scope ${PROXY_SCOPE}`);
  return {
    scopes,
    optionalScopes,
    apiVersion: parsed.webhooks.api_version,
    subscriptions,
    metafieldDefinitions: [
      ...declaredDefinitions('CUSTOMER', parsed.customer?.metafields.app),
      ...declaredDefinitions('PRODUCT', parsed.product?.metafields.app),
    ],
    proxy: parsed.app_proxy ?? null,
  };
}

/** Returns the scopes that Shopify's schema names, and the few others. */
function knownScopes(): Set<string> {
  const named = [...adminSchema().requiredAccess.values()].flatMap((text) =>
    Array.from(text.matchAll(/\b(?:read|write)_\w+/g), ([scope]) => scope),
  );
  return new Set([...named, ...OTHER_SCOPES]);
}

/** Ids of declared definitions, the same in every shop; those made at run time are far above. */
const FIRST_DECLARED_ID = 5_000;

function declaredDefinitions(
  ownerType: MetafieldDefinition['ownerType'],
  declared: Record<string, z.output<typeof declaredMetafield>> = {},
): MetafieldDefinition[] {
  return Object.entries(declared).map(([key, { name, type, capabilities }], index) => {
    if (capabilities?.admin_filterable && !isAdminFilterable(type))
      throw new Error(`shopify.app.toml: ${key}: admin_filterable is not valid for ${type}`);
    return {
      id: FIRST_DECLARED_ID + index + (ownerType === 'PRODUCT' ? 500 : 0),
      name,
      namespace: APP_NAMESPACE,
      key,
      ownerType,
      type,
      validations: [],
      isAdminFilterable: capabilities?.admin_filterable ?? false,
      isPinned: false,
    };
  });
}
