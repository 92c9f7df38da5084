import { readField } from './rules/completeness.ts';
import { readNeighbours, type Lack } from './worklist.queries.server.ts';

/** The position of a customer in the worklist of incomplete records. */
export interface WorklistPlace {
  lack: Lack;
  previous: bigint | null;
  next: bigint | null;
}

/** The place by an address's `worklist` (a field, or `any`); null when no list is worked off. */
export async function readWorklistPosition(
  shopId: bigint,
  customerId: bigint,
  searchParams: URLSearchParams,
): Promise<WorklistPlace | null> {
  const given = searchParams.get('worklist');
  if (given === null) return null;
  const lack = readField(given);
  return { lack, ...(await readNeighbours(shopId, lack, customerId)) };
}
