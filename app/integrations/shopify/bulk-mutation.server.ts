/**
 * Bulk mutations: one mutation for each line of variables in a file. The file is uploaded to Shopify's storage, the operation
 * started, polled until it has ended, and its results read with `streamBulkLines`, in whatever order they come.
 */
import type {
  ListBulkOperationsQuery,
  ReadBulkOperationQuery,
  RunBulkMutationMutation,
  StageBulkVariablesMutation,
} from '#app/types/admin.generated.d.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import { BUSY_CODES, demandShopifyFile, RUNNING } from './bulk.server.ts';
import {
  LIST_BULK_OPERATIONS,
  READ_BULK_OPERATION,
  RUN_BULK_MUTATION,
  STAGE_BULK_VARIABLES,
} from './operations/bulk.ts';

export interface BulkMutation {
  /** The text, unique for what it does: an earlier start is found by it. */
  mutation: string;
  /** Names the file and the start at Shopify: 10 to 255 letters, digits and dashes. */
  name: string;
}

/** `busy`: Shopify runs as many operations of the app as it allows. `refused`: the mutation, or a missing scope. */
export type MutationStart =
  { ok: true; operationId: string } | { ok: false; reason: 'busy' | 'refused'; message: string };

/** The state of an operation. `url` has the results of the lines that were run, perhaps not of all; null for none. */
export type MutationLook =
  { state: 'running'; done: number } | { state: 'ended'; isWhole: boolean; url: string | null };

const UPLOAD_MS_MAX = 120_000;
/** The file has to be uploaded again. */
const FILE_CODES: readonly string[] = [
  'NO_SUCH_FILE',
  'INVALID_STAGED_UPLOAD_FILE',
  'INTERNAL_FILE_SERVER_ERROR',
];

/**
 * Finds the operation that an earlier start began, whatever became of it; null when it never began. Throws UpstreamError.
 */
export async function findBulkMutation(
  shopDomain: string,
  { mutation }: BulkMutation,
): Promise<string | null> {
  const { bulkOperations } = await adminGraphql<ListBulkOperationsQuery>(shopDomain, LIST_BULK_OPERATIONS);
  return bulkOperations.nodes.find(({ query }) => query === mutation)?.id ?? null;
}

/**
 * Uploads the lines and starts the mutation over them. Throws UpstreamError; with `outcomeKnown: false` it may have begun,
 * and `findBulkMutation` has to be asked first.
 */
export async function startBulkMutation(
  shopDomain: string,
  bulk: BulkMutation,
  lines: readonly string[],
): Promise<MutationStart> {
  const path = await upload(shopDomain, bulk.name, `${lines.join('\n')}\n`);
  const { bulkOperationRunMutation: answer } = await adminGraphql<RunBulkMutationMutation>(
    shopDomain,
    RUN_BULK_MUTATION,
    { mutation: bulk.mutation, path, client: bulk.name },
  );
  const started = answer?.bulkOperation;
  if (started) return { ok: true, operationId: started.id };
  const error = firstUserError(answer?.userErrors ?? []);
  const message = error?.message ?? 'no operation';
  const code = error?.code ?? '';
  if (FILE_CODES.includes(code))
    throw new UpstreamError(`Shopify: the uploaded file: ${code}`, { retryable: true, outcomeKnown: true });
  return { ok: false, reason: BUSY_CODES.includes(code) ? 'busy' : 'refused', message };
}

async function upload(shopDomain: string, name: string, text: string): Promise<string> {
  const { stagedUploadsCreate } = await adminGraphql<StageBulkVariablesMutation>(
    shopDomain,
    STAGE_BULK_VARIABLES,
    {
      input: [
        {
          resource: 'BULK_MUTATION_VARIABLES',
          filename: `${name}.jsonl`,
          mimeType: 'text/jsonl',
          httpMethod: 'POST',
        },
      ],
    },
  );
  const target = stagedUploadsCreate?.stagedTargets?.[0];
  const key = target?.parameters.find((parameter) => parameter.name === 'key')?.value;
  if (!target?.url || key === undefined) throw notStored('no place for it');
  demandShopifyFile(target.url);
  const form = new FormData();
  for (const parameter of target.parameters) form.append(parameter.name, parameter.value);
  form.append('file', new File([text], `${name}.jsonl`, { type: 'text/jsonl' }));
  let status: number;
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      body: form,
      redirect: 'error',
      signal: AbortSignal.timeout(UPLOAD_MS_MAX),
    });
    await response.arrayBuffer();
    status = response.status;
  } catch (error) {
    throw notStored('no answer', error);
  }
  if (status < 200 || status > 299) throw notStored(String(status));
  return key;
}

/** Nothing has begun by then. */
function notStored(what: string, cause?: unknown): UpstreamError {
  return new UpstreamError(`Shopify: the file of a bulk mutation was not stored: ${what}`, {
    retryable: true,
    outcomeKnown: true,
    cause,
  });
}

/** Reads the progress of an operation. Throws UpstreamError. */
export async function pollBulkMutation(shopDomain: string, operationId: string): Promise<MutationLook> {
  const { bulkOperation } = await adminGraphql<ReadBulkOperationQuery>(shopDomain, READ_BULK_OPERATION, {
    id: operationId,
  });
  if (!bulkOperation) return { state: 'ended', isWhole: false, url: null };
  // An enum of the API as text: this code names only the values it knows.
  const status: string = bulkOperation.status;
  if (RUNNING.includes(status)) return { state: 'running', done: Number(bulkOperation.objectCount) };
  const url = bulkOperation.url ?? bulkOperation.partialDataUrl ?? null;
  return { state: 'ended', isWhole: status === 'COMPLETED', url };
}
