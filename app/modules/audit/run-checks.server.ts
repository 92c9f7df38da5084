import type { Transaction } from '#app/db.server.ts';
import type { AuditDifference } from './difference.ts';

/** A statement that takes a shop ($1) and returns rows (subject, stored, computed) of what differs. */
export interface Check {
  name: string;
  sql: string;
}

/** How many differences of one check are listed. */
const NAMED_MAX = 100;

/** Returns what these checks find in a shop, at most 100 differences of each. */
export async function runChecks(
  tx: Transaction,
  shopId: bigint,
  checks: readonly Check[],
): Promise<AuditDifference[]> {
  const differences: AuditDifference[] = [];
  for (const { name, sql } of checks) {
    const { rows } = await tx.query<Omit<AuditDifference, 'check'>>(`${sql} LIMIT ${NAMED_MAX}`, [shopId]);
    differences.push(...rows.map((row) => ({ check: name, ...row })));
  }
  return differences;
}
