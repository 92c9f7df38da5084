/** What the screen of invitations shows and does. */
import { pool } from '#app/db.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { canSendMail } from '#app/modules/mail/queue-mail.server.ts';
import type { MailView } from '#app/modules/mail/mail-states.ts';
import { readMails } from '#app/modules/mail/mails.queries.server.ts';
import type { ResellerShop } from '../reseller-shop.ts';
import type { InvitationState, InvitationTab } from './invitation-tabs.ts';
import { inviteCategory, inviteCustomers, type Invited } from './invite-customers.server.ts';

export interface InvitationLine {
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  state: InvitationState;
  times: number;
  invitedAt: Date;
  seenAt: Date | null;
  mail: MailView | null;
}

export interface InvitationsView {
  tab: InvitationTab;
  counts: Record<InvitationTab, number>;
  lines: InvitationLine[];
  after: string | null;
  isFirstPage: boolean;
  canSendMail: boolean;
  /** With customers who have an e-mail address and were not invited. */
  categories: { categoryId: bigint; name: string; customers: number }[];
}

const PAGE = 50;
/** An order since the invitation; what the customer ordered is counted with their orders. */
const STATE = `CASE WHEN s.last_order_at > i.invited_at THEN 'ordered' WHEN i.seen_at IS NOT NULL THEN 'seen' ELSE 'invited' END`;
const SOURCE = `invitations i LEFT JOIN customer_stats s USING (shop_id, customer_id)`;

const LIST = `
  SELECT * FROM (
    SELECT i.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone, i.times,
      i.invited_at AS "invitedAt", i.seen_at AS "seenAt", i.mail_id AS "mailId", ${STATE} AS state,
      (extract(epoch FROM i.invited_at) * 1000000)::bigint || '_' || i.customer_id AS position
    FROM ${SOURCE} JOIN customers c USING (shop_id, customer_id)
    WHERE i.shop_id = $1 AND ($3::bigint IS NULL OR (i.invited_at, i.customer_id) < ('epoch'::timestamptz + $3::bigint * interval '1 microsecond', $4::bigint))
  ) x WHERE $2 = 'all' OR state = $2 ORDER BY "invitedAt" DESC, "customerId" DESC LIMIT ${PAGE + 1}`;

const COUNT = `SELECT state, count(*)::int AS count FROM (SELECT ${STATE} AS state FROM ${SOURCE} WHERE i.shop_id = $1) x GROUP BY 1`;

const CATEGORIES = `
  SELECT g.category_id AS "categoryId", g.name, count(*)::int AS customers FROM categories g JOIN customers c USING (shop_id, category_id)
   WHERE g.shop_id = $1 AND c.state = 'active' AND c.merged_into IS NULL AND c.email IS NOT NULL
     AND NOT EXISTS (SELECT FROM invitations n WHERE n.shop_id = $1 AND n.customer_id = c.customer_id)
   GROUP BY g.category_id, g.name, g.position ORDER BY g.position, g.category_id`;

const POSITION_FORMAT = /^(\d{1,18})_(\d{1,18})$/;

/** Reads a page of invitations, the newest first. */
export async function readInvitationsScreen(
  shopId: bigint,
  tab: InvitationTab,
  after: string | null,
): Promise<InvitationsView> {
  const [, micros = null, id = null] = POSITION_FORMAT.exec(after ?? '') ?? [];
  const [list, counted, categories] = await Promise.all([
    pool.query<Omit<InvitationLine, 'mail'> & { mailId: string | null; position: string }>(LIST, [
      shopId,
      tab,
      micros,
      id,
    ]),
    pool.query<{ state: InvitationState; count: number }>(COUNT, [shopId]),
    pool.query<InvitationsView['categories'][number]>(CATEGORIES, [shopId]),
  ]);
  const shown = list.rows.slice(0, PAGE);
  const mails = await readMails(
    pool,
    shopId,
    shown.flatMap(({ mailId }) => mailId ?? []),
  );
  const countOf = (state: InvitationState) => counted.rows.find((row) => row.state === state)?.count ?? 0;
  return {
    tab,
    counts: {
      all: counted.rows.reduce((sum, { count }) => sum + count, 0),
      invited: countOf('invited'),
      seen: countOf('seen'),
      ordered: countOf('ordered'),
    },
    lines: shown.map(({ mailId, position: _position, ...line }) => ({
      ...line,
      mail: mails.get(mailId ?? '') ?? null,
    })),
    after: list.rows.length > PAGE ? (shown.at(-1)?.position ?? null) : null,
    isFirstPage: id === null,
    canSendMail: canSendMail(),
    categories: categories.rows,
  };
}

/** Invites: those selected in a list (`selection`), or everyone of a `category` who was not invited yet. */
export async function actOnInvitations(
  shop: ResellerShop,
  values: Record<string, unknown>,
  actor: string,
): Promise<Invited> {
  if (values.intent !== 'category') return inviteCustomers(shop, values, actor);
  const categoryId = readIdParam(typeof values.categoryId === 'string' ? values.categoryId : undefined);
  return categoryId === null
    ? { ok: false, errors: { categoryId: { code: 'required' } } }
    : inviteCategory(shop, categoryId, actor);
}
