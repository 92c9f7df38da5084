import type { Sandbox } from '../../main.ts';
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
  /** A `userError` fault: mutations answer this instead of running. */
  forcedUserError: string | null;
  /** Objects resolved so far: the actual cost. */
  objects: number;
  /** In a bulk operation: which of the root's items are asked for. Nested connections are whole then. */
  bulkSlice: BulkSlice | null;
};

/** Arguments of a field after graphql-js has coerced them. */
export type FieldArguments = Record<string, unknown>;

/** A field of a source that is worked out only when asked for. */
export type LazyField = (args: FieldArguments) => unknown;

/**
 * What stands for an object of the schema: its fields by name, each a value or a function. A field that is not
 * here is not simulated. Unions and interfaces are told apart by `__typename`.
 */
export type Source = { __typename?: string; [field: string]: FieldValue };

type FieldValue = LazyField | string | number | boolean | object | null | undefined;
