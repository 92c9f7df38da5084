import { isNarrowed, type CustomerFilter } from '#app/modules/segments/customer-filter.ts';
import type { ExportedScope } from './bulk-actions.tsx';

/** What all customers of a filter are called. */
export function scopeOf(filter: CustomerFilter): ExportedScope {
  if (filter.segmentId !== null) return 'segment';
  return isNarrowed(filter) || filter.tab !== 'all' ? 'search' : 'all';
}
