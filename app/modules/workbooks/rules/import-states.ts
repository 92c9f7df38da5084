/** The states of an import; README.md has what leads from one to another. */
export const IMPORT_STATES = [
  'reading',
  'checking',
  'checked',
  'running',
  'paused',
  'cancelling',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** States in which the worker has something to do. */
export const WORKING_STATES: readonly ImportState[] = [
  'reading',
  'checking',
  'running',
  'cancelling',
  'undoing',
];
