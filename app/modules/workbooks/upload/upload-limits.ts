/** Limits of an uploaded file; the browser checks before it uploads, the server checks again. */
const MEBIBYTE = 1024 * 1024;

export const FILE_MEBIBYTES_MAX = 200;
export const FILE_BYTES_MAX = FILE_MEBIBYTES_MAX * MEBIBYTE;
/** What the browser offers; the bytes decide. */
const FILE_ENDINGS = ['.xlsx', '.xlsm', '.csv', '.txt', '.tsv'] as const;

/** Why a file was not taken; each has a text `imports.upload_problem.<problem>`. */
export const UPLOAD_PROBLEMS = [
  'not_a_table',
  'one_file',
  'empty',
  'too_large',
  'busy',
  'not_stored',
  'lost',
] as const;
export type UploadProblem = (typeof UPLOAD_PROBLEMS)[number];

/** The server's response to an uploaded file. */
export type FileAnswer = { ok: true; importId: string } | { ok: false; problem: UploadProblem };

/** Whether a file's name ends as a table's does. */
export function looksLikeTable(name: string): boolean {
  return FILE_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending));
}
