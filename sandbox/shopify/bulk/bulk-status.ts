export type BulkStatus = 'CREATED' | 'RUNNING' | 'CANCELING' | 'CANCELED' | 'COMPLETED' | 'FAILED';

/** Returns whether it still counts as running. */
export function isOpen(status: BulkStatus): boolean {
  return status === 'CREATED' || status === 'RUNNING' || status === 'CANCELING';
}
