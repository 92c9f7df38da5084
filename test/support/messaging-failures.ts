/** How the tasks of messaging are made due, broken and found done (test/db/jobs/shops-fail-alone.test.ts). */
import { pool } from '#app/db.server.ts';
import { INSERT_EVENTS } from '#app/modules/events/insert-events.ts';

export interface Case {
  /** Makes the task due in a shop. */
  arrange: (shopId: bigint) => Promise<unknown>;
  /** The table whose rows of the broken shop can't be written. */
  breaks: string;
  /** Whether the task is done in a shop; the shop is `$1`. */
  done: string;
  /** The inbox isolates rows: what fails is counted there. */
  isByRow?: true;
}

export const run = (sql: string) => (shopId: bigint) => pool.query(sql, [shopId]);

const message = (state: string) =>
  run(`INSERT INTO messages (shop_id, message_key, customer_id, channel_id, state, provider_sid, actor)
       VALUES ($1, '${state}', 1, 1, '${state}', 'SM-${state}', 'test')`);

export const MESSAGING_CASES = {
  'plan-reminders': {
    arrange: run('UPDATE club_settings SET reminded_on = NULL WHERE shop_id = $1'),
    breaks: 'club_settings',
    done: 'SELECT reminded_on IS NOT NULL AS ok FROM club_settings WHERE shop_id = $1',
  },
  'react-to-events': {
    arrange: run(`${INSERT_EVENTS} SELECT $1, 'ledger.entry', 1, '{}', now()`),
    breaks: 'reaction_cursors',
    done: 'SELECT count(*) > 0 AS ok FROM reaction_cursors WHERE shop_id = $1 AND position > 0',
  },
  'prune-events': {
    arrange: async (shopId: bigint) => {
      await pool.query(`DELETE FROM events WHERE shop_id = $1`, [shopId]);
      await pool.query(`${INSERT_EVENTS} SELECT $1, 'ledger.entry', 1, '{}', now() - interval '9 days'`, [
        shopId,
      ]);
      await pool.query('UPDATE events SET position = 1 WHERE shop_id = $1', [shopId]);
      await pool.query(
        `INSERT INTO reaction_cursors (shop_id, reaction, position) VALUES ($1, 'plan-change-messages', 9)
         ON CONFLICT (shop_id, reaction) DO UPDATE SET position = 9`,
        [shopId],
      );
    },
    breaks: 'events',
    done: 'SELECT count(*) = 0 AS ok FROM events WHERE shop_id = $1',
  },
  'send-messages': {
    arrange: message('refused'),
    breaks: 'messages',
    done: `SELECT settled_at IS NOT NULL AS ok FROM messages WHERE shop_id = $1 AND state = 'refused'`,
  },
  'purge-applications': {
    arrange: run(
      `INSERT INTO reseller_applications (shop_id, form_key, state, name, email, answers, locale, decided_at)
       VALUES ($1, gen_random_uuid(), 'refused', 'P', 'p@example.com', '{}', 'id', now() - interval '400 days')`,
    ),
    breaks: 'reseller_applications',
    done: 'SELECT count(*) = 0 AS ok FROM reseller_applications WHERE shop_id = $1',
  },
  'send-mails': {
    arrange: run(
      `INSERT INTO mails (shop_id, mail_key, kind, recipient, subject, body, state) VALUES ($1, 'one', 'test', 'p@example.com', 'Hello', 'Hello', 'waiting')`,
    ),
    breaks: 'mails',
    done: `SELECT state = 'sent' AS ok FROM mails WHERE shop_id = $1`,
  },
  'sweep-messages': {
    arrange: async (shopId: bigint) => {
      await message('accepted')(shopId);
      await pool.query(
        `UPDATE messages SET call_started_at = now() - interval '99 hours', asks = 3, asked_at = now() - interval '2 hours' WHERE shop_id = $1`,
        [shopId],
      );
    },
    breaks: 'messages',
    done: `SELECT state = 'failed' AS ok FROM messages WHERE shop_id = $1 AND message_key = 'accepted'`,
  },
  'freeze-campaigns': {
    arrange: run(
      `INSERT INTO campaigns (shop_id, name, audience, language, text, state, created_by)
       VALUES ($1, 'Promo', '{"filter": ""}', 'en', 'Hello', 'freezing', 'test')`,
    ),
    breaks: 'campaigns',
    done: `SELECT state = 'draft' AS ok FROM campaigns WHERE shop_id = $1`,
  },
  'process-receipts': {
    arrange: run(
      `INSERT INTO message_receipts (shop_id, provider_sid, status, channel_id) VALUES ($1, 'SM2', 'sent', 1)`,
    ),
    breaks: 'message_receipts',
    done: 'SELECT processed_at IS NOT NULL AS ok FROM message_receipts WHERE shop_id = $1',
  },
  'read-topups': {
    arrange: run(
      `INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
       VALUES ($1, 'gid://shopify/AppPurchaseOneTime/1', 'pending', 500, 'USD', true, '', 'test')`,
    ),
    breaks: 'topups',
    done: `SELECT state = 'expired' AS ok FROM topups WHERE shop_id = $1`,
  },
  'process-inbound': {
    arrange: run(
      `INSERT INTO inbound_messages (shop_id, message_sid, channel_id, from_address, to_address, text)
       VALUES ($1, 'SM1', 1, '+14155550199', '+14155550172', 'hello')`,
    ),
    breaks: 'inbound_messages',
    done: 'SELECT processed_at IS NOT NULL AS ok FROM inbound_messages WHERE shop_id = $1',
  },
  'redact-texts': {
    // Without an account there is nobody to ask.
    arrange: run(`INSERT INTO text_redactions (shop_id, provider_sid) VALUES ($1, 'SM1')`),
    breaks: 'text_redactions',
    done: 'SELECT count(*) = 0 AS ok FROM text_redactions WHERE shop_id = $1',
  },
  'close-accounts': {
    // A shop that is back keeps its account.
    arrange: run(`INSERT INTO account_closings (shop_id) VALUES ($1)`),
    breaks: 'account_closings',
    done: 'SELECT count(*) = 0 AS ok FROM account_closings WHERE shop_id = $1',
  },
  'read-costs': {
    // Of a shop that never sent there is nothing to ask for: the time is noted.
    arrange: async (shopId: bigint) => {
      await pool.query('UPDATE messages SET provider_sid = NULL WHERE shop_id = $1', [shopId]);
      await pool.query(
        `INSERT INTO channels (shop_id, kind, account, account_sid, token_cipher, service_sid, service_name, uses_numbers_inbound,
           smart_encoding, changed_by, costs_read_until) VALUES ($1, 'sms', 'platform', 'AC1', '', 'MG1', 'Toko', false, false, 'test', '-infinity')
         ON CONFLICT (shop_id, kind) DO UPDATE SET account = 'platform', costs_read_until = '-infinity'`,
        [shopId],
      );
    },
    breaks: 'channels',
    done: `SELECT costs_read_until > '-infinity' AS ok FROM channels WHERE shop_id = $1`,
  },
  'read-missed-texts': {
    // Without a number that hears there is nothing to ask for: the time is noted.
    arrange: run(
      `INSERT INTO channels (shop_id, kind, account, account_sid, token_cipher, service_sid, service_name, uses_numbers_inbound,
         smart_encoding, changed_by, texts_read_until) VALUES ($1, 'sms', 'own', 'AC1', '', 'MG1', 'Toko', false, false, 'test', '-infinity')
       ON CONFLICT (shop_id, kind) DO UPDATE SET texts_read_until = '-infinity'`,
    ),
    breaks: 'channels',
    done: `SELECT texts_read_until > '-infinity' AS ok FROM channels WHERE shop_id = $1`,
  },
  'read-deactivations': {
    // Without customers in the United States there is nothing to ask for: the day is noted.
    arrange: run(
      `INSERT INTO channels (shop_id, kind, account, account_sid, token_cipher, service_sid, service_name, uses_numbers_inbound,
         smart_encoding, changed_by) VALUES ($1, 'sms', 'own', 'AC1', '', 'MG1', 'Toko', false, false, 'test')
       ON CONFLICT (shop_id, kind) DO UPDATE SET deactivations_read_on = NULL`,
    ),
    breaks: 'channels',
    done: 'SELECT deactivations_read_on IS NOT NULL AS ok FROM channels WHERE shop_id = $1',
  },
  'send-asked': {
    // Its time is over: it is not sent.
    arrange: run(
      `WITH channel AS (INSERT INTO channels (shop_id, kind, account, account_sid, token_cipher, service_sid, service_name,
           uses_numbers_inbound, smart_encoding, changed_by) VALUES ($1, 'sms', 'own', 'AC1', '', 'MG1', 'Toko', false, false, 'test')
         ON CONFLICT (shop_id, kind) DO UPDATE SET changed_by = 'test' RETURNING channel_id)
       INSERT INTO messages (shop_id, message_key, customer_id, channel_id, state, class, expires_at, actor)
       SELECT $1, 'code', 1, channel_id, 'queued', 'transactional', now() - interval '1 minute', 'test' FROM channel`,
    ),
    breaks: 'messages',
    done: `SELECT state = 'expired' AS ok FROM messages WHERE shop_id = $1 AND message_key = 'code'`,
  },
} satisfies Record<string, Case>;
