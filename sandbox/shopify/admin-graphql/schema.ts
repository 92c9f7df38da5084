import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import {
  buildClientSchema,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type IntrospectionQuery,
  isObjectType,
} from 'graphql';
import { z } from 'zod';

const SCHEMA_FILE = new URL('../schema/admin-2026-07.json.gz', import.meta.url);

/** The Admin API version that the sandbox implements. */
export const API_VERSION = '2026-07';

export type AdminSchema = {
  schema: GraphQLSchema;
  /** Shopify's own sentence about the access a field or type needs: `Type` or `Type.field` to text. */
  requiredAccess: Map<string, string>;
  /** `Type.field` to the content that makes it a protected field: name, email, phone or address. */
  protectedContent: Map<string, string>;
};

const accessMarks = z.object({
  __schema: z.object({
    types: z.array(
      z.object({
        name: z.string(),
        requiredAccess: z.string().optional(),
        fields: z
          .array(
            z.object({
              name: z.string(),
              requiredAccess: z.string().optional(),
              isProtected: z.boolean().optional(),
              protectedContent: z.string().optional(),
            }),
          )
          .nullish(),
      }),
    ),
  }),
});

let loaded: AdminSchema | null = null;

/** Returns the real Admin schema, built on first use (about a second) and cached. */
export function adminSchema(): AdminSchema {
  loaded ??= load();
  return loaded;
}

function load(): AdminSchema {
  const introspection: unknown = JSON.parse(gunzipSync(readFileSync(SCHEMA_FILE)).toString('utf8'));
  if (!isIntrospection(introspection)) throw new Error(`${SCHEMA_FILE.pathname} is no introspection result`);
  const requiredAccess = new Map<string, string>();
  const protectedContent = new Map<string, string>();
  for (const type of accessMarks.parse(introspection).__schema.types) {
    if (type.requiredAccess) requiredAccess.set(type.name, type.requiredAccess);
    for (const field of type.fields ?? []) {
      const name = `${type.name}.${field.name}`;
      if (field.requiredAccess) requiredAccess.set(name, field.requiredAccess);
      if (field.isProtected && field.protectedContent) protectedContent.set(name, field.protectedContent);
    }
  }
  return {
    schema: buildClientSchema(introspection, { assumeValid: true }),
    requiredAccess,
    protectedContent,
  };
}

function isIntrospection(value: unknown): value is IntrospectionQuery {
  return typeof value === 'object' && value !== null && '__schema' in value;
}

/** Returns the type whose data a field returns: for a connection or an edge, that of its nodes. */
export function objectBehind(returnType: GraphQLOutputType): string {
  const named = getNamedType(returnType);
  if (!isObjectType(named) || !/(Connection|Edge)$/.test(named.name)) return named.name;
  const fields = named.getFields();
  const inner = fields.nodes ?? fields.node;
  return inner ? getNamedType(inner.type).name : named.name;
}
