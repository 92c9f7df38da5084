import { gid } from '../../../world.ts';
import { bulkFileUrl } from '../../bulk/bulk-files.ts';
import type { BulkOperation } from '../../bulk/bulk-operations.ts';
import type { AdminContext, Source } from '../context.ts';
import { dateTime } from './money.ts';

/** `BulkOperation`; without objects there is no file. */
export function bulkSource({ sandbox }: AdminContext, operation: BulkOperation): Source {
  const { status, completedAt, fileSize, parts } = operation;
  const hasRunOut = sandbox.bulk.hasRunOut(operation);
  const url =
    fileSize > 0 && parts.length > 0 && !hasRunOut ? bulkFileUrl(sandbox.origin, operation.token) : null;
  const isWhole = status === 'COMPLETED';
  return {
    __typename: 'BulkOperation',
    id: gid('BulkOperation', operation.id),
    type: operation.type,
    query: operation.query,
    status: isWhole && hasRunOut ? 'EXPIRED' : status,
    errorCode: operation.errorCode,
    objectCount: String(operation.objectCount),
    rootObjectCount: String(operation.rootObjectCount),
    fileSize: isWhole ? String(fileSize) : null,
    url: isWhole ? url : null,
    // What a cancelled operation had found is promised nowhere.
    partialDataUrl: status === 'FAILED' ? url : null,
    createdAt: dateTime(operation.createdAt),
    completedAt: isWhole && completedAt !== null ? dateTime(completedAt) : null,
  };
}
