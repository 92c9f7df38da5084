import { isOpen, type BulkStatus } from './bulk-status.ts';
import { randomBytes } from 'node:crypto';

import { type DocumentNode, execute, GraphQLError } from 'graphql';

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
import { checkBulkMutation, outOfOrder, readVariables, type Variables } from './bulk-mutation.ts';
import { type CheckedQuery, checkBulkQuery } from './bulk-query.ts';

const MOST_RUNNING = 5;
/** Root objects that are processed at a time. */
const SLICE = 2_000;
/** Lines of a mutation that are processed at a time. */
const MUTATION_SLICE = 50;
/** Which lines the faults `missing` and `lineErrors` strike. */
const EVERY_STRUCK = 7;
const URL_LASTS_MS = 7 * 24 * 3_600_000;

export type BulkOperation = {
  id: number;
  domain: string;
  status: BulkStatus;
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
  type: 'QUERY' | 'MUTATION';
  /** The text of the query or mutation. */
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

type StartError = { field: string[] | null; message: string; code: string };

export type StartOutcome = { ok: true; operation: BulkOperation } | { ok: false; errors: StartError[] };

type RunningMutation = {
  context: AdminContext;
  document: DocumentNode;
  lines: readonly Variables[];
  fault: Fault | null;
};

type Running = {
  context: AdminContext;
  checked: CheckedQuery & { ok: true };
  grouped: boolean;
  fault: Fault | null;
};

/** Bulk operations of this process and their files; a restart loses them, as if their addresses had expired. */
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
    const full = this.#fullOf(context.domain);
    if (full) return full;
    const names = [checked.rootField];
    const fault = takeFault(this.#world, 'bulk', context.domain, names, ['fails', 'slow']);
    const running: Running = { context, checked, grouped, fault };
    const { errors } = await this.#slice(running, 0, 1);
    const unknown = errors?.find(({ extensions }) => extensions.code === 'SANDBOX_NOT_SIMULATED');
    if (unknown) throw new GraphQLError(unknown.message, { extensions: unknown.extensions });
    const operation = this.#add(context.domain, 'QUERY', query);
    setImmediate(() => void this.#run(operation, running));
    return { ok: true, operation };
  }

  /** Starts a mutation over the lines of an uploaded file; null for a file that is not there. */
  startMutation(context: AdminContext, mutation: string, file: Buffer | null): StartOutcome {
    const refused = (field: string[] | null, message: string, code: string): StartOutcome => ({
      ok: false,
      errors: [{ field, message, code }],
    });
    const checked = checkBulkMutation(adminSchema().schema, mutation);
    if (!checked.ok) return refused(['mutation'], checked.message, 'INVALID_MUTATION');
    if (file === null)
      return refused(['stagedUploadPath'], 'The JSONL file could not be found.', 'NO_SUCH_FILE');
    const lines = readVariables(file);
    if (lines === null)
      return refused(['stagedUploadPath'], 'The JSONL file is invalid.', 'INVALID_STAGED_UPLOAD_FILE');
    const full = this.#fullOf(context.domain);
    if (full) return full;
    const kinds = ['fails', 'slow', 'missing', 'lineErrors'] as const;
    const fault = takeFault(this.#world, 'bulk', context.domain, [checked.rootField], kinds);
    const operation = this.#add(context.domain, 'MUTATION', mutation);
    const running = { context, document: checked.document, lines, fault };
    setImmediate(() => void this.#runMutation(operation, running));
    return { ok: true, operation };
  }

  #fullOf(domain: string): StartOutcome | null {
    const open = this.list(domain).filter(({ status }) => isOpen(status));
    if (open.length < MOST_RUNNING) return null;
    const message = 'Bulk operations limit reached. Please try again later.';
    return { ok: false, errors: [{ field: null, message, code: 'LIMIT_REACHED' }] };
  }

  #add(domain: string, type: BulkOperation['type'], query: string): BulkOperation {
    const operation: BulkOperation = {
      id: this.#world.nextId(),
      domain,
      status: 'CREATED',
      errorCode: null,
      type,
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
    return operation;
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

  async #runMutation(operation: BulkOperation, running: RunningMutation): Promise<void> {
    const { context, lines, fault } = running;
    if (operation.status === 'CREATED') operation.status = 'RUNNING';
    if (fault?.kind === 'slow') await pause(fault.delayMs ?? DEFAULT_DELAY_MS);
    const results: string[] = [];
    const most = fault?.kind === 'fails' ? Math.ceil(lines.length / 2) : lines.length;
    for (let at = 0; operation.status === 'RUNNING' && at < most; at += 1) {
      const result = await this.#runLine(running, at);
      if (result !== null) results.push(JSON.stringify(result));
      operation.objectCount += 1;
      operation.rootObjectCount += 1;
      if ((at + 1) % MUTATION_SLICE !== 0) continue;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const part = Buffer.from(
      outOfOrder(results)
        .map((line) => `${line}\n`)
        .join(''),
    );
    operation.parts.push(part);
    operation.fileSize = part.length;
    if (fault?.kind === 'fails')
      return this.#fail(operation, fault.message === 'TIMEOUT' ? 'TIMEOUT' : 'INTERNAL_SERVER_ERROR');
    operation.status = operation.status === 'RUNNING' ? 'COMPLETED' : 'CANCELED';
    this.#finish(operation, context.domain);
  }

  /** The result of a line; null for one that the fault leaves out, although it was run. */
  async #runLine({ context, document, lines, fault }: RunningMutation, at: number): Promise<object | null> {
    const isStruck = at % EVERY_STRUCK === 0;
    if (fault?.kind === 'lineErrors' && isStruck)
      return {
        errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
        __lineNumber: at,
      };
    const { data, errors } = await execute({
      schema: adminSchema().schema,
      document,
      variableValues: lines[at],
      contextValue: { ...context, forcedUserError: null },
      fieldResolver: resolveField,
      typeResolver: resolveType,
    });
    if (fault?.kind === 'missing' && isStruck) return null;
    return { data, ...(errors ? { errors } : {}), __lineNumber: at };
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
      type: operation.type.toLowerCase(),
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
