/** More entries are not added up while a person waits. */
export const ENTRIES_SUMMED_MAX = 100_000;
