import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { z } from 'zod';

const SCHEMA_FILE = new URL('../schema/admin-2026-07.json.gz', import.meta.url);

/** The Admin API version that the sandbox speaks. */
export const API_VERSION = '2026-07';

export type AdminSchema = {
  schema: GraphQLSchema;
  /** Shopify's own sentence about the access a field or type needs: `Type` or `Type.field` to text. */
  requiredAccess: Map<string, string>;
};

const accessMarks = z.object({
  __schema: z.object({
    types: z.array(
      z.object({
        name: z.string(),
        requiredAccess: z.string().optional(),
        fields: z.array(z.object({ name: z.string(), requiredAccess: z.string().optional() })).nullish(),
      }),
    ),
  }),
});

let loaded: AdminSchema | null = null;

/** The real Admin schema, built on first use (about a second) and kept. */
export function adminSchema(): AdminSchema {
  loaded ??= load();
  return loaded;
}

function load(): AdminSchema {
  const introspection: unknown = JSON.parse(gunzipSync(readFileSync(SCHEMA_FILE)).toString('utf8'));
  if (!isIntrospection(introspection)) throw new Error(`${SCHEMA_FILE.pathname} is no introspection result`);
  const requiredAccess = new Map<string, string>();
  for (const type of accessMarks.parse(introspection).__schema.types) {
    if (type.requiredAccess) requiredAccess.set(type.name, type.requiredAccess);
    for (const field of type.fields ?? []) {
      if (field.requiredAccess) requiredAccess.set(`${type.name}.${field.name}`, field.requiredAccess);
    }
  }
  return { schema: buildClientSchema(introspection, { assumeValid: true }), requiredAccess };
}

function isIntrospection(value: unknown): value is IntrospectionQuery {
  return typeof value === 'object' && value !== null && '__schema' in value;
}
