import { createHash } from 'node:crypto';

const PERCENT = 100;
const BYTES = 4;
const RANGE = 2 ** 32;

/** Whether a recipient is held back: the same for a campaign and customer whenever it is asked, others for another campaign. */
export function isHeldBack(campaignId: bigint, customerId: bigint, percent: number): boolean {
  if (percent === 0) return false;
  const hash = createHash('sha256').update(`${campaignId}:${customerId}`).digest();
  return (hash.readUIntBE(0, BYTES) / RANGE) * PERCENT < percent;
}
