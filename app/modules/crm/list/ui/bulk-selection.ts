/** As the server's `readSelection` takes it. */
export type SentSelection = { ids: string[] } | { filter: string };

export interface BulkSelection {
  sent: SentSelection;
  /** "3 customers", "More than 10,000 customers". */
  words: string;
}
