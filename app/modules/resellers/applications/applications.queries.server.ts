/** Applications, for staff's screens. */
import { z } from 'zod';
import { pool, type Queryable } from '#app/db.server.ts';
import { LOCALES, type Locale } from '#app/i18n/locales.ts';
import {
  APPLICATION_STATES,
  ASKED_FIELDS,
  FILE_KINDS,
  type ApplicationState,
  type AskedField,
  type FileKind,
} from './application-fields.ts';

export interface ApplicationRow {
  applicationId: string;
  state: ApplicationState;
  name: string;
  email: string;
  phone: string | null;
  answers: Partial<Record<AskedField, string>>;
  locale: Locale;
  customerId: bigint | null;
  categoryId: bigint | null;
  percentBp: number | null;
  reason: string | null;
  mailId: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  receivedAt: Date;
}

export const APPLICATIONS_A_PAGE = 50;

const COLUMNS = `application_id AS "applicationId", state, name, email, phone, answers, locale, customer_id AS "customerId",
  category_id AS "categoryId", percent_bp AS "percentBp", reason, mail_id AS "mailId", decided_by AS "decidedBy",
  decided_at AS "decidedAt", received_at AS "receivedAt"`;

type Stored = Omit<ApplicationRow, 'state' | 'answers' | 'locale'> & {
  state: string;
  answers: unknown;
  locale: string;
};

const storedAnswers = z.partialRecord(z.enum(ASKED_FIELDS), z.string()).catch({});

const toRow = (stored: Stored): ApplicationRow => ({
  ...stored,
  state: APPLICATION_STATES.find((each) => each === stored.state) ?? 'waiting',
  answers: storedAnswers.parse(stored.answers),
  locale: LOCALES.find((each) => each === stored.locale) ?? 'en',
});

/** Microseconds since 1970 and id: exact, where JavaScript's dates would lose the microseconds. */
const POSITION = `(extract(epoch FROM received_at) * 1000000)::bigint || '_' || application_id`;
const POSITION_FORMAT = /^(\d{1,18})_([0-9a-f-]{36})$/;

export interface ApplicationPage {
  rows: ApplicationRow[];
  /** Position that the next page starts after; null on the last. */
  after: string | null;
}

/** Lists a page of applications in a state, the newest first. */
export async function listApplications(
  shopId: bigint,
  state: ApplicationState,
  after: string | null,
): Promise<ApplicationPage> {
  const [, micros = null, id = null] = POSITION_FORMAT.exec(after ?? '') ?? [];
  const { rows } = await pool.query<Stored & { position: string }>(
    `SELECT ${COLUMNS}, ${POSITION} AS position FROM reseller_applications WHERE shop_id = $1 AND state = $2
       AND ($3::bigint IS NULL OR (received_at, application_id) < ('epoch'::timestamptz + $3::bigint * interval '1 microsecond', $4::uuid))
     ORDER BY received_at DESC, application_id DESC LIMIT ${APPLICATIONS_A_PAGE + 1}`,
    [shopId, state, micros, id],
  );
  const shown = rows.slice(0, APPLICATIONS_A_PAGE);
  return {
    rows: shown.map(({ position: _position, ...row }) => toRow(row)),
    after: rows.length > shown.length ? (shown.at(-1)?.position ?? null) : null,
  };
}

/** Counts a shop's applications in each state. */
export async function countApplications(shopId: bigint): Promise<Record<ApplicationState, number>> {
  const { rows } = await pool.query<{ state: string; count: number }>(
    'SELECT state, count(*)::int AS count FROM reseller_applications WHERE shop_id = $1 GROUP BY state',
    [shopId],
  );
  const counts = { waiting: 0, approved: 0, refused: 0 };
  for (const state of APPLICATION_STATES) counts[state] = rows.find((row) => row.state === state)?.count ?? 0;
  return counts;
}

/** Finds one application of a shop. */
export async function findApplication(
  db: Queryable,
  shopId: bigint,
  applicationId: string,
): Promise<ApplicationRow | null> {
  const { rows } = await db.query<Stored>(
    `SELECT ${COLUMNS} FROM reseller_applications WHERE shop_id = $1 AND application_id = $2`,
    [shopId, applicationId],
  );
  return rows[0] ? toRow(rows[0]) : null;
}

/** The pictures that came with an application. */
export async function listFiles(shopId: bigint, applicationId: string): Promise<FileKind[]> {
  const { rows } = await pool.query<{ kind: string }>(
    'SELECT kind FROM application_files WHERE shop_id = $1 AND application_id = $2',
    [shopId, applicationId],
  );
  return FILE_KINDS.filter((kind) => rows.some((row) => row.kind === kind));
}
