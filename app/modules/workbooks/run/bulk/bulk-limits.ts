/** Fewer rows are written one by one: they are done before a bulk operation has begun. */
export const BULK_ROWS_MIN = 200;
/** Rows a bulk mutation: an import pauses between two, and a lost one is found out row by row. */
export const CHUNK_ROWS = 10_000;
/** Rows that are looked through for a chunk. */
export const SCANNED_ROWS_MAX = 50_000;
/** Of the five that Shopify runs at a time, so that the first sync and figures have theirs. */
export const CHUNKS_AT_ONCE = 3;
/** How long an operation is left alone. */
export const POLL_SECONDS = 5;
/** How long a place among the running ones is waited for. */
export const BUSY_SECONDS = 20;
/** Starts without an answer, and downloads that fail, after which the rows go one by one. */
export const TRIES_MAX = 8;
/** Lines of results a transaction. */
export const RESULT_ROWS = 1_000;
/** While one page of results waits for the database, the next one is made ready for it. */
export const PAGES_AT_ONCE = 2;
