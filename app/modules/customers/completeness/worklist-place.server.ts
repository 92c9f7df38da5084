import { readField } from './rules/completeness.ts';
import { readNeighbours, type Lack } from './worklist.queries.server.ts';

/** Where a customer stands in the list of incomplete records that staff work off. */
export interface WorklistPlace {
  lack: Lack;
  previous: bigint | null;
  next: bigint | null;
}

/** The place by an address's `worklist` (a field, or `any`); null when no list is worked off. */
export async function readWorklistPlace(
  shopId: bigint,
  customerId: bigint,
  { searchParams }: URL,
): Promise<WorklistPlace | null> {
  const given = searchParams.get('worklist');
  if (given === null) return null;
  const lack = readField(given);
  return { lack, ...(await readNeighbours(shopId, lack, customerId)) };
}
