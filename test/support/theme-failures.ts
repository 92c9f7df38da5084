/** How the tasks of the theme are made due, broken and found done (test/db/jobs/shops-fail-alone.test.ts). */
import { run, type Case } from './messaging-failures.ts';

export const THEME_CASES = {
  'write-standings': {
    arrange: run(
      `INSERT INTO standing_settings (shop_id) VALUES ($1)
       ON CONFLICT (shop_id) DO UPDATE SET program_checked_at = NULL, program = NULL`,
    ),
    breaks: 'standing_settings',
    done: 'SELECT program IS NOT NULL AS ok FROM standing_settings WHERE shop_id = $1',
  },
} satisfies Record<string, Case>;
