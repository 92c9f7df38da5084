/** How the tasks of workbooks are made due, broken and found done (test/db/jobs/shops-fail-alone.test.ts). */
import { run, type Case } from './messaging-failures.ts';

export const WORKBOOK_CASES = {
  'process-imports': {
    arrange: run(
      `INSERT INTO imports (shop_id, state, file_name, file_bytes, file_sha256, actor, read_at, source)
       VALUES ($1, 'checking', 'customers.csv', 1, '', 'staff:1', now(), '{"sheet": null, "headingRow": 1, "isFrom1904": false,
         "dialect": {"encoding": "utf-8", "delimiter": ","}, "headings": {}, "templateVersion": null}')`,
    ),
    breaks: 'imports',
    done: `SELECT state = 'checked' AS ok FROM imports WHERE shop_id = $1`,
  },
  'process-exports': {
    arrange: run(
      `INSERT INTO exports (shop_id, kind, format, columns, selection, scope, locale, actor)
       VALUES ($1, 'customers', 'csv', '{phone}', '{"filter": ""}', 'all', 'en', 'staff:1')`,
    ),
    breaks: 'exports',
    done: `SELECT state = 'ready' AS ok FROM exports WHERE shop_id = $1`,
  },
} satisfies Record<string, Case>;
