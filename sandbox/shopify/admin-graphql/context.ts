import type { Sandbox } from '../../sandbox.ts';
import type { ShopState } from '../../state.ts';
import type { World } from '../../world.ts';
import type { BulkSlice } from './connection.ts';

/** What resolvers work with: one shop seen through one token. */
export type AdminContext = {
  sandbox: Sandbox;
  world: World;
  domain: string;
  state: ShopState;
  scopes: Set<string>;
  /** A `userError` fault: mutations return this instead of running. */
  forcedUserError: string | null;
  /** Objects resolved so far: the actual cost. */
  objects: number;
  /** In a bulk operation: the requested range of the root's items. Nested connections are complete then. */
  bulkSlice: BulkSlice | null;
};

/** A field's arguments after graphql-js has coerced them. */
export type FieldArguments = Record<string, unknown>;

/** A field of a source that is computed only on request. */
export type LazyField = (args: FieldArguments) => unknown;

/**
 * The source of an object of the schema: its fields by name, each a value or a function. A field that isn't here
 * isn't simulated. Unions and interfaces are distinguished by `__typename`.
 */
export type Source = { __typename?: string; [field: string]: FieldValue };

type FieldValue = LazyField | string | number | boolean | object | null | undefined;
