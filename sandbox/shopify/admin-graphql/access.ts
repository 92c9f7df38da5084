import { GraphQLError, type GraphQLOutputType } from 'graphql';

import { adminSchema, objectBehind } from './schema.ts';

/** What a token may do: its scopes, including the read scope that every write scope implies. */
export function effectiveScopes(scopes: string[]): Set<string> {
  const all = new Set(scopes);
  for (const scope of scopes) all.add(scope.replace(/^write_/, 'read_'));
  return all;
}

/**
 * Refuses a field for which the token has no scope, with Shopify's wording. Shopify's text about access is prose: any
 * one of the scopes that it names before "Also:" is taken as enough.
 */
export function demandAccess(
  scopes: Set<string>,
  parentType: string,
  fieldName: string,
  returnType: GraphQLOutputType,
): void {
  const { requiredAccess } = adminSchema();
  for (const key of [`${parentType}.${fieldName}`, objectBehind(returnType)]) {
    const text = requiredAccess.get(key);
    if (text !== undefined && !allows(scopes, text)) throw accessDenied(fieldName, text);
  }
}

/** The error for a mutation whose scope the schema can't tell, since it depends on the resource. */
export function demandScope(scopes: Set<string>, fieldName: string, scope: string): void {
  if (!scopes.has(scope)) throw accessDenied(fieldName, `\`${scope}\` access scope.`);
}

function allows(scopes: Set<string>, text: string): boolean {
  const named = [...(text.split('Also:')[0] ?? '').matchAll(/`((?:read|write)_\w+)`/g)].map(
    (match) => match[1] ?? '',
  );
  return named.length === 0 || named.some((scope) => scopes.has(scope));
}

function accessDenied(fieldName: string, requiredAccess: string): GraphQLError {
  return new GraphQLError(`Access denied for ${fieldName} field. Required access: ${requiredAccess}`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess,
    },
  });
}
