import { isOpen, type BulkStatus } from './bulk-status.ts';
import { randomBytes } from 'node:crypto';

import { execute, GraphQLError } from 'graphql';

import { DEFAULT_DELAY_MS, takeFault } from '../../faults.ts';
import type { Fault } from '../../state.ts';
import type { World } from '../../world.ts';
import { gid } from '../../world.ts';
import { BulkSlice } from '../admin-graphql/connection.ts';
import type { AdminContext } from '../admin-graphql/context.ts';
import { resolveField, resolveType } from '../admin-graphql/resolve.ts';
import { adminSchema } from '../admin-graphql/schema.ts';
import { visibleErrors } from '../protected-data.ts';
import { bulkLines } from './bulk-lines.ts';
import { type CheckedQuery, checkBulkQuery } from './bulk-query.ts';

const MOST_RUNNING = 5;
/** Root objects that are processed at a time. */
const SLICE = 2_000;
const URL_LASTS_MS = 7 * 24 * 3_600_000;

export type BulkOperation = {
  id: number;
  domain: string;
  status: BulkStatus;
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
  query: string;
  createdAt: string;
  completedAt: string | null;
  objectCount: number;
  rootObjectCount: number;
  /** Names the file in its address. */
  token: string;
  parts: Buffer[];
  fileSize: number;
};

export type StartOutcome =
  | { ok: true; operation: BulkOperation }
  | { ok: false; errors: { field: string[] | null; message: string; code: string }[] };

type Running = {
  context: AdminContext;
  checked: CheckedQuery & { ok: true };
  grouped: boolean;
  fault: Fault | null;
};

/** Bulk queries of this process and their files; a restart loses them, as if their addresses had expired. */
export class BulkOperations {
  readonly #world: World;
  readonly #operations: BulkOperation[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** Starts a query by Shopify's rules. Throws the API's error for a field that isn't simulated. */
  async start(context: AdminContext, query: string, grouped: boolean): Promise<StartOutcome> {
    const isOfNodesOnly = this.#world.shop(context.domain).isBulkOfNodesOnly ?? false;
    const checked = checkBulkQuery(adminSchema().schema, query, isOfNodesOnly);
    if (!checked.ok)
      return {
        ok: false,
        errors: checked.messages.map((message) => ({ field: ['query'], message, code: 'INVALID' })),
      };
    const open = this.list(context.domain).filter(({ status }) => isOpen(status));
    if (open.length >= MOST_RUNNING) {
      const message = 'Bulk operations limit reached. Please try again later.';
      return { ok: false, errors: [{ field: null, message, code: 'LIMIT_REACHED' }] };
    }
    const names = [checked.rootField];
    const fault = takeFault(this.#world, 'bulk', context.domain, names, ['fails', 'slow']);
    const running: Running = { context, checked, grouped, fault };
    const { errors } = await this.#slice(running, 0, 1);
    const unknown = errors?.find(({ extensions }) => extensions.code === 'SANDBOX_NOT_SIMULATED');
    if (unknown) throw new GraphQLError(unknown.message, { extensions: unknown.extensions });
    const operation: BulkOperation = {
      id: this.#world.nextId(),
      domain: context.domain,
      status: 'CREATED',
      errorCode: null,
      query,
      createdAt: this.#world.instant(),
      completedAt: null,
      objectCount: 0,
      rootObjectCount: 0,
      token: randomBytes(16).toString('hex'),
      parts: [],
      fileSize: 0,
    };
    this.#operations.unshift(operation);
    setImmediate(() => void this.#run(operation, running));
    return { ok: true, operation };
  }

  /** Lists those of a shop, newest first. */
  list(domain: string): BulkOperation[] {
    return this.#operations.filter((each) => each.domain === domain);
  }

  find(domain: string, id: number): BulkOperation | undefined {
    return this.list(domain).find((each) => each.id === id);
  }

  /** Finds the operation whose file has this name, while its address is valid. */
  findFile(token: string): BulkOperation | undefined {
    return this.#operations.find((each) => each.token === token && !this.hasRunOut(each));
  }

  hasRunOut({ completedAt }: BulkOperation): boolean {
    return completedAt !== null && this.#world.now() > Date.parse(completedAt) + URL_LASTS_MS;
  }

  async #run(operation: BulkOperation, running: Running): Promise<void> {
    const { context, fault } = running;
    if (operation.status === 'CREATED') operation.status = 'RUNNING';
    for (let from = 0; operation.status === 'RUNNING'; from += SLICE) {
      const { data, errors } = await this.#slice(running, from, from + SLICE);
      const denied = errors?.some(({ extensions }) => extensions.code === 'ACCESS_DENIED');
      if (errors) return this.#fail(operation, denied ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR');
      const { lines, roots } = bulkLines(data, running.grouped);
      const kept = fault?.kind === 'fails' ? lines.slice(0, Math.ceil(lines.length / 2)) : lines;
      const part = Buffer.from(kept.map((line) => `${line}\n`).join(''));
      operation.parts.push(part);
      operation.fileSize += part.length;
      operation.objectCount += kept.length;
      operation.rootObjectCount += roots;
      if (fault?.kind === 'fails')
        return this.#fail(operation, fault.message === 'TIMEOUT' ? 'TIMEOUT' : 'INTERNAL_SERVER_ERROR');
      if (fault?.kind === 'slow') await pause(fault.delayMs ?? DEFAULT_DELAY_MS);
      if (roots < SLICE) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    // A cancellation may have arrived while a slice was processed.
    operation.status = operation.status === 'RUNNING' ? 'COMPLETED' : 'CANCELED';
    this.#finish(operation, context.domain);
  }

  #fail(operation: BulkOperation, errorCode: BulkOperation['errorCode']): void {
    operation.status = 'FAILED';
    operation.errorCode = errorCode;
    this.#finish(operation, operation.domain);
  }

  #finish(operation: BulkOperation, domain: string): void {
    operation.completedAt = this.#world.instant();
    const payload = {
      admin_graphql_api_id: gid('BulkOperation', operation.id),
      completed_at: operation.completedAt,
      created_at: operation.createdAt,
      error_code: operation.errorCode?.toLowerCase() ?? null,
      status: operation.status.toLowerCase(),
      type: 'query',
    };
    this.#world.announce(domain, [{ topic: 'bulk_operations/finish', payload }]);
  }

  async #slice(
    { context, checked }: Running,
    from: number,
    to: number,
  ): Promise<{ data: unknown; errors: readonly GraphQLError[] | undefined }> {
    const result = await execute({
      schema: adminSchema().schema,
      document: checked.document,
      contextValue: { ...context, bulkSlice: new BulkSlice(from, to), forcedUserError: null },
      fieldResolver: resolveField,
      typeResolver: resolveType,
    });
    return { data: result.data?.[checked.rootField], errors: visibleErrors(result.errors) };
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
