import { readFileSync } from 'node:fs';

import { parse } from 'smol-toml';
import { z } from 'zod';

const file = z.object({
  access_scopes: z.object({ scopes: z.string() }),
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
  app_proxy: z.object({ url: z.string(), subpath: z.string(), prefix: z.string() }),
});

export type Subscription = {
  /** The path (or address) that its webhooks go to. */
  uri: string;
  /** The only fields of the payload that are sent; null for all. */
  includeFields: string[] | null;
};

/** What Shopify takes from the app's own configuration. */
export type AppConfig = {
  scopes: string[];
  apiVersion: string;
  /** Topic to its subscription. */
  subscriptions: Map<string, Subscription>;
  proxy: { url: string; subpath: string; prefix: string };
};

/** Reads shopify.app.toml. Throws when it is missing or a part that the sandbox needs is not there. */
export function readAppConfig(path: string | URL): AppConfig {
  const parsed = file.parse(parse(readFileSync(path, 'utf8')));
  const subscriptions = new Map<string, Subscription>();
  for (const { topics, compliance_topics: compliance, uri, ...rest } of parsed.webhooks.subscriptions) {
    const subscription = { uri, includeFields: rest.include_fields ?? null };
    for (const topic of [...topics, ...compliance]) subscriptions.set(topic, subscription);
  }
  return {
    scopes: parsed.access_scopes.scopes.split(',').map((scope) => scope.trim()),
    apiVersion: parsed.webhooks.api_version,
    subscriptions,
    proxy: parsed.app_proxy,
  };
}
