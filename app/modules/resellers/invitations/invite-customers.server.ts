/** Staff invite customers by e-mail: Shopify's own invitation works with old customer accounts only. */
import { randomBytes } from 'node:crypto';
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { env } from '#app/env.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { queueMails, type NewMail } from '#app/modules/mail/queue-mail.server.ts';
import { readSelection, selectCustomers } from '#app/modules/segments/selection.server.ts';
import type { ResellerShop } from '../reseller-shop.ts';

/** At once; the rest is invited by pressing again: those who were invited just now are left out. */
const INVITED_MAX = 5_000;
/** A button that is pressed twice invites no one twice. */
const AGAIN_AFTER = `interval '10 minutes'`;
const CODE_BYTES = 16;
const RADIX = 36;

export type Invited =
  | { ok: true; invited: number; withoutEmail: number; justInvited: number; left: number }
  | { ok: false; errors: FieldErrors };

interface Chosen {
  customerId: bigint;
  name: string;
  email: string | null;
  wasJustInvited: boolean;
}

const choose = (selected: string) => `
  SELECT c.customer_id AS "customerId", coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.email) AS name, c.email,
    coalesce(i.invited_at > clock_timestamp() - ${AGAIN_AFTER}, false) AS "wasJustInvited"
  FROM customers c LEFT JOIN invitations i USING (shop_id, customer_id)
  WHERE c.shop_id = $1 AND c.customer_id IN (${selected}) AND c.state = 'active' AND c.merged_into IS NULL ORDER BY c.customer_id`;

/** Invites the customers of `values.selection`. Those without an e-mail address are left out and counted. */
export async function inviteCustomers(
  shop: ResellerShop,
  values: Record<string, unknown>,
  actor: string,
): Promise<Invited> {
  const selection = readSelection(values.selection);
  if (selection === null) return { ok: false, errors: { form: { code: 'invalid' } } };
  return withTransaction(async (tx) => {
    const selected = await selectCustomers(tx, shop.shopId, selection);
    return inviteAll(tx, shop, await readChosen(tx, selected.sql, selected.values), actor);
  });
}

/** Invites everyone of a category who was not invited yet. */
export async function inviteCategory(
  shop: ResellerShop,
  categoryId: bigint,
  actor: string,
): Promise<Invited> {
  return withTransaction(async (tx) => {
    const chosen = await readChosen(
      tx,
      `SELECT k.customer_id FROM customers k WHERE k.shop_id = $1 AND k.category_id = $2
         AND NOT EXISTS (SELECT FROM invitations n WHERE n.shop_id = $1 AND n.customer_id = k.customer_id)`,
      [shop.shopId, categoryId],
    );
    return inviteAll(tx, shop, chosen, actor);
  });
}

async function readChosen(tx: Transaction, sql: string, values: readonly unknown[]): Promise<Chosen[]> {
  const { rows } = await tx.query<Chosen>(choose(sql), [...values]);
  return rows;
}

interface WithCode {
  customerId: bigint;
  code: string;
  times: number;
}

/** The code stays when someone is invited again: links in earlier e-mails go on working. */
const STORE = `
  INSERT INTO invitations AS i (shop_id, customer_id, code, invited_by)
  SELECT $1::bigint, n.customer_id, n.code, $3 FROM jsonb_to_recordset($2::jsonb) AS n (customer_id bigint, code text) ORDER BY 1, 2
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET times = i.times + 1, invited_by = excluded.invited_by, invited_at = clock_timestamp()
  RETURNING customer_id AS "customerId", code, times`;
const STORE_MAILS = `
  UPDATE invitations i SET mail_id = n.mail_id FROM jsonb_to_recordset($2::jsonb) AS n (customer_id bigint, mail_id uuid)
   WHERE i.shop_id = $1 AND i.customer_id = n.customer_id`;

async function inviteAll(
  tx: Transaction,
  shop: ResellerShop,
  chosen: readonly Chosen[],
  actor: string,
): Promise<Invited> {
  const withEmail = chosen.filter(({ email }) => email !== null);
  const ready = withEmail.filter(({ wasJustInvited }) => !wasJustInvited);
  const now = ready.slice(0, INVITED_MAX);
  const codes = await storeInvitations(tx, shop.shopId, now, actor);
  const locale = await localeOf(tx, shop.shopId);
  const mails = now.flatMap(({ customerId, name, email }) => {
    const invitation = codes.get(customerId);
    return invitation && email !== null
      ? [{ customerId, mail: toMail(shop, locale, invitation, { customerId, name, email }) }]
      : [];
  });
  const ids = await queueMails(
    tx,
    shop.shopId,
    mails.map(({ mail }) => mail),
  );
  await storeMails(
    tx,
    shop.shopId,
    mails.map(({ customerId, mail }) => ({ customerId, mailId: ids.get(mail.key) ?? null })),
  );
  return {
    ok: true,
    invited: mails.length,
    withoutEmail: chosen.length - withEmail.length,
    justInvited: withEmail.length - ready.length,
    left: ready.length - now.length,
  };
}

async function storeInvitations(
  tx: Transaction,
  shopId: bigint,
  customers: readonly { customerId: bigint }[],
  actor: string,
): Promise<Map<bigint, WithCode>> {
  const wanted = customers.map(({ customerId }) => ({
    customer_id: String(customerId),
    code: makeCode(shopId),
  }));
  const { rows } = await tx.query<WithCode>(STORE, [shopId, JSON.stringify(wanted), actor]);
  return new Map(rows.map((row) => [row.customerId, row]));
}

async function storeMails(
  tx: Transaction,
  shopId: bigint,
  mails: readonly { customerId: bigint; mailId: string | null }[],
): Promise<void> {
  const rows = mails.map(({ customerId, mailId }) => ({ customer_id: String(customerId), mail_id: mailId }));
  await tx.query(STORE_MAILS, [shopId, JSON.stringify(rows)]);
}

/** The shop is in the code, so that the link finds its shop's row. */
function makeCode(shopId: bigint): string {
  return `${shopId.toString(RADIX)}-${randomBytes(CODE_BYTES).toString('base64url')}`;
}

/** Where the link in an e-mail leads: through the app, which notes that it was opened. */
const linkOf = (code: string): string => `${env.SHOPIFY_APP_URL.replace(/\/$/, '')}/i/${code}`;

type Locale = 'en' | 'id';

async function localeOf(tx: Transaction, shopId: bigint): Promise<Locale> {
  const { rows } = await tx.query<{ locale: string }>('SELECT locale FROM shops WHERE shop_id = $1', [
    shopId,
  ]);
  return rows[0]?.locale.startsWith('id') ? 'id' : 'en';
}

function toMail(
  { name, domain }: ResellerShop,
  locale: Locale,
  { code, times }: WithCode,
  customer: { customerId: bigint; name: string; email: string },
): NewMail {
  const { t } = i18nFor(locale);
  const shop = name ?? domain;
  const texts = { name: customer.name, shop, link: linkOf(code) };
  return {
    key: `invitation:${code}:${times}`,
    kind: 'invitation',
    customerId: customer.customerId,
    recipient: customer.email,
    subject: t('application_mail.invited_subject', { shop }),
    body: `${t('application_mail.invited_body', texts)}\n\n${t('application_mail.goodbye', { shop })}`,
  };
}

/**
 * Notes that an e-mail of another use case has the sign-in link of a customer, and returns that link. Call
 * `noteInvitationMail` with the e-mail's id.
 */
export async function addInvitation(
  tx: Transaction,
  shopId: bigint,
  customerId: bigint,
  actor: string,
): Promise<string> {
  const stored = await storeInvitations(tx, shopId, [{ customerId }], actor);
  return linkOf(stored.get(customerId)?.code ?? '');
}

/** Stores which e-mail has the link. */
export async function noteInvitationMail(
  tx: Transaction,
  shopId: bigint,
  customerId: bigint,
  mailId: string | null,
): Promise<void> {
  await storeMails(tx, shopId, [{ customerId, mailId }]);
}
