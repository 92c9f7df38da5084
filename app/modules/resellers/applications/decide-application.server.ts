/** Staff approve an application, or refuse it; the person is told by e-mail. */
import { z } from 'zod';
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { isTypedNegative, parsePercentInput } from '#app/lib/typed-number.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { stateTimestamp } from '#app/modules/customers/rules/decode-customer.ts';
import { storeTermsOf } from '#app/modules/customers/store-terms.server.ts';
import { queueMail } from '#app/modules/mail/queue-mail.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { readCategories, type Category } from '#app/modules/pricing/categories/categories.server.ts';
import { findOrCreateCustomer, type FoundCustomer } from '../find-or-create-customer.server.ts';
import { addInvitation, noteInvitationMail } from '../invitations/invite-customers.server.ts';
import type { ResellerShop } from '../reseller-shop.ts';
import { findApplication, type ApplicationRow } from './applications.queries.server.ts';
import { splitName } from './read-application.ts';

export type Decided = { ok: true } | { ok: false; errors: FieldErrors };

const NOTE_MAX = 1_000;
const BASIS_POINTS = 10_000;

const refused = (field: string, code: FieldErrors[string]['code']): Decided => ({
  ok: false,
  errors: { [field]: { code } },
});

const note = z.string().trim().max(NOTE_MAX, 'too_long').default('');
const approval = z.object({
  categoryId: z.string().transform((text, context): bigint => {
    const id = readIdParam(text);
    if (id !== null) return id;
    context.addIssue('required');
    return z.NEVER;
  }),
  percent: z
    .string()
    .default('')
    .transform((text, context): number | null => {
      if (text.trim() === '') return null;
      const value = parsePercentInput(text);
      if (value !== null && value <= BASIS_POINTS) return value;
      context.addIssue(
        value !== null
          ? `too_large:${BASIS_POINTS / 100}`
          : isTypedNegative(text)
            ? 'negative'
            : 'not_a_percent',
      );
      return z.NEVER;
    }),
  note,
});

/** Approves with category, percent and a note as typed. What someone else decided meanwhile stays. */
export async function approveApplication(
  shop: ResellerShop,
  applicationId: string,
  values: Record<string, unknown>,
  actor: string,
): Promise<Decided> {
  const form = approval.safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { categoryId, percent } = form.data;
  const category = (await readCategories(pool, shop.shopId)).find((each) => each.categoryId === categoryId);
  if (!category) return refused('categoryId', 'invalid');
  if (percent !== null && !category.allowsPersonDiscount) return refused('percent', 'invalid');
  const application = await findApplication(pool, shop.shopId, applicationId);
  if (application?.state !== 'waiting') return refused('form', 'changed_meanwhile');
  const customer = await findCustomer(shop, application);
  if (customer === 'unreachable') return refused('form', 'not_saved');
  if (!customer.ok) return refused('form', 'refused');
  return withTransaction(async (tx): Promise<Decided> => {
    if (
      !(await decide(
        tx,
        shop.shopId,
        applicationId,
        { state: 'approved', actor, ...form.data },
        customer.customerId,
      ))
    )
      return refused('form', 'changed_meanwhile');
    await storeReseller(tx, shop.shopId, application, customer, { category, percent, actor });
    const { t } = i18nFor(application.locale);
    const name = shop.name ?? shop.domain;
    const link = await addInvitation(tx, shop.shopId, customer.customerId, actor);
    const texts = { name: application.name, shop: name, link, category: category.name };
    const mailId = await answer(tx, shop.shopId, application, customer.customerId, {
      subject: t('application_mail.approved_subject', { shop: name }),
      body: [
        t('application_mail.approved_body', texts),
        form.data.note,
        t('application_mail.goodbye', { shop: name }),
      ],
    });
    await noteInvitationMail(tx, shop.shopId, customer.customerId, mailId);
    return { ok: true };
  });
}

async function findCustomer(
  shop: ResellerShop,
  { name, email, phone, customerId }: ApplicationRow,
): Promise<FoundCustomer | 'unreachable'> {
  try {
    return await findOrCreateCustomer(shop, { name, email, phone, customerId });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn(
      { shop: shop.domain, reason: safeErrorText(error) },
      'customer of an application not created',
    );
    return 'unreachable';
  }
}

interface Terms {
  category: Category;
  percent: number | null;
  actor: string;
}

/** What an existing customer's record says stays: the form was filled in by anyone who knows the address. */
async function storeReseller(
  tx: Transaction,
  shopId: bigint,
  { name, email, phone }: ApplicationRow,
  customer: Extract<FoundCustomer, { ok: true }>,
  { category, percent, actor }: Terms,
): Promise<void> {
  const { customerId, updatedAt, isNew, hasPhone } = customer;
  await recordCustomers(tx, [
    {
      shopId,
      customerId,
      at: stateTimestamp(updatedAt, new Date()),
      source: 'staff',
      actor,
      fields: isNew ? { ...splitName(name), email, phone: hasPhone ? phone : null } : {},
    },
  ]);
  const terms = { customerId, categoryId: category.categoryId };
  await storeTermsOf(tx, shopId, [percent === null ? terms : { ...terms, percent }], actor);
  await queueEvaluation(tx, [{ shopId, customerId }]);
  await wakeTask(tx, 'write-prices');
}

const refusal = z.object({ reason: z.string().trim().min(1, 'required').max(NOTE_MAX, 'too_long') });

/** Refuses with a reason, which the person reads. */
export async function refuseApplication(
  shop: ResellerShop,
  applicationId: string,
  values: Record<string, unknown>,
  actor: string,
): Promise<Decided> {
  const form = refusal.safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { reason } = form.data;
  return withTransaction(async (tx): Promise<Decided> => {
    const application = await findApplication(tx, shop.shopId, applicationId);
    if (
      !application ||
      !(await decide(tx, shop.shopId, applicationId, { state: 'refused', actor, reason }, null))
    )
      return refused('form', 'changed_meanwhile');
    const { t } = i18nFor(application.locale);
    const name = shop.name ?? shop.domain;
    await answer(tx, shop.shopId, application, application.customerId, {
      subject: t('application_mail.refused_subject', { shop: name }),
      body: [
        t('application_mail.refused_body', { name: application.name, shop: name, reason }),
        t('application_mail.goodbye', { shop: name }),
      ],
    });
    return { ok: true };
  });
}

interface Decision {
  state: 'approved' | 'refused';
  actor: string;
  reason?: string;
  categoryId?: bigint;
  percent?: number | null;
}

/** Whether the application still waited. */
async function decide(
  tx: Transaction,
  shopId: bigint,
  applicationId: string,
  { state, actor, reason = '', categoryId, percent }: Decision,
  customerId: bigint | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE reseller_applications SET state = $3, decided_by = $4, decided_at = clock_timestamp(), reason = nullif($5, ''), category_id = $6,
       percent_bp = $7, customer_id = coalesce($8, customer_id) WHERE shop_id = $1 AND application_id = $2 AND state = 'waiting'`,
    [shopId, applicationId, state, actor, reason, categoryId ?? null, percent ?? null, customerId],
  );
  return rowCount === 1;
}

async function answer(
  tx: Transaction,
  shopId: bigint,
  { applicationId, email }: ApplicationRow,
  customerId: bigint | null,
  { subject, body }: { subject: string; body: readonly string[] },
): Promise<string | null> {
  const mailId = await queueMail(tx, shopId, {
    key: `application:${applicationId}`,
    kind: 'application',
    customerId,
    recipient: email,
    subject,
    body: body.filter((part) => part !== '').join('\n\n'),
  });
  await tx.query('UPDATE reseller_applications SET mail_id = $3 WHERE shop_id = $1 AND application_id = $2', [
    shopId,
    applicationId,
    mailId,
  ]);
  return mailId;
}
