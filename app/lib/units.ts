/** The ledger's units: whole points, or money in minor units of the shop's currency. */
export type Unit = 'POINTS' | 'CREDIT';

export const UNITS: readonly Unit[] = ['POINTS', 'CREDIT'];

/** Returns whether a text is one of the ledger's units. */
export function isUnit(text: unknown): text is Unit {
  return text === 'POINTS' || text === 'CREDIT';
}
