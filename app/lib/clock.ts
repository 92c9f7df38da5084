/** The process's clock, in one place so that rules and the ledger never read it themselves. */
export function systemNow(): Date {
  return new Date();
}
