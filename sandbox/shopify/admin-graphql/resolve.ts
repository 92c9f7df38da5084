import {
  getNamedType,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLTypeResolver,
  isCompositeType,
  isEnumType,
  isObjectType,
  OperationTypeNode,
} from 'graphql';

import { demandAccess } from './access.ts';
import { demandApproval } from '../protected-data.ts';
import { BULK_SLICE, BulkSlice } from './connection.ts';
import type { AdminContext, FieldArguments, LazyField } from './context.ts';
import { mutations } from './mutations/index.ts';
import { queries } from './queries.ts';

/**
 * Resolves every field of the schema: checks scopes and protected data, then uses the root resolver or the property of the source. A
 * field that is in neither is an error that names it, never a made-up value.
 */
export const resolveField: GraphQLFieldResolver<unknown, AdminContext, FieldArguments> = (
  source,
  given,
  context,
  info,
) => {
  demandAccess(context.scopes, info.parentType.name, info.fieldName, info.returnType);
  demandApproval(context.state, info.parentType.name, info.fieldName, info.returnType);
  if (isCompositeType(getNamedType(info.returnType))) context.objects += 1;
  const args = context.bulkSlice ? inBulk(given, context.bulkSlice, info) : given;
  const root = rootResolver(info);
  if (root) {
    if (context.forcedUserError !== null && info.operation.operation === OperationTypeNode.MUTATION) {
      return refusedPayload(info, context.forcedUserError);
    }
    return root(args, context);
  }
  if (typeof source !== 'object' || source === null || info.path.prev === undefined) throw notSimulated(info);
  const value: unknown = Reflect.get(source, info.fieldName);
  if (value === undefined) throw notSimulated(info);
  return isLazy(value) ? value(args) : value;
};

/** Distinguishes members of unions and interfaces by the source's `__typename`. */
export const resolveType: GraphQLTypeResolver<unknown, AdminContext> = (source) => {
  if (typeof source !== 'object' || source === null || !('__typename' in source)) return undefined;
  return typeof source.__typename === 'string' ? source.__typename : undefined;
};

/** Bulk operations have no pages: the query's page arguments are ignored. */
function inBulk(args: FieldArguments, slice: BulkSlice, info: GraphQLResolveInfo): FieldArguments {
  return { ...args, [BULK_SLICE]: info.path.prev === undefined ? slice : new BulkSlice() };
}

function rootResolver(info: GraphQLResolveInfo) {
  if (info.path.prev !== undefined) return undefined;
  if (info.parentType === info.schema.getQueryType()) return queries[info.fieldName];
  return info.parentType === info.schema.getMutationType() ? mutations[info.fieldName] : undefined;
}

function notSimulated(info: GraphQLResolveInfo): GraphQLError {
  return new GraphQLError(`sandbox: ${info.parentType.name}.${info.fieldName} is not simulated`, {
    extensions: { code: 'SANDBOX_NOT_SIMULATED' },
  });
}

/** A mutation payload with nothing done and one user error. */
function refusedPayload(info: GraphQLResolveInfo, message: string) {
  const type = getNamedType(info.returnType);
  const names = isObjectType(type) ? Object.keys(type.getFields()) : [];
  return {
    ...Object.fromEntries(names.map((name) => [name, null])),
    userErrors: [{ field: null, message, code: internalError(type), extraInfo: null, elementIndex: null }],
  };
}

const INTERNAL_ERROR = 'INTERNAL_ERROR';

/** The code of an error without a better one; null for payloads whose errors have no such code. */
function internalError(payload: ReturnType<typeof getNamedType>): string | null {
  const errors = isObjectType(payload) ? payload.getFields().userErrors : undefined;
  const error = errors && getNamedType(errors.type);
  const code = isObjectType(error) ? error.getFields().code : undefined;
  const codes = code && getNamedType(code.type);
  return isEnumType(codes) && codes.getValue(INTERNAL_ERROR) ? INTERNAL_ERROR : null;
}

function isLazy(value: unknown): value is LazyField {
  return typeof value === 'function';
}
