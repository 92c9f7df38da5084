/** What staff's screens of applications show and do. */
import { pool } from '#app/db.server.ts';
import { storeAddress } from '#app/integrations/shopify/store-address.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { withReadablePhone } from '#app/lib/phone.ts';
import { canSendMail } from '#app/modules/mail/queue-mail.server.ts';
import type { MailState, MailView } from '#app/modules/mail/mail-states.ts';
import { readMails } from '#app/modules/mail/mails.queries.server.ts';
import { sendAgain } from '#app/modules/mail/send-again.server.ts';
import { readCategories } from '#app/modules/pricing/categories/categories.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import type { ApplicationSettings, ApplicationState, FileKind } from './application-fields.ts';
import {
  countApplications,
  findApplication,
  listApplications,
  listFiles,
  type ApplicationPage,
  type ApplicationRow,
} from './applications.queries.server.ts';
import type { ResellerShop } from '../reseller-shop.ts';
import { approveApplication, refuseApplication } from './decide-application.server.ts';
import { deleteApplication } from './delete-applications.server.ts';
import { readApplicationSettings } from './settings.server.ts';

/** Where a shop's form is. The merchant may change the path in Shopify's settings of the app. */
const applyAddress = (shopDomain: string): string => storeAddress(shopDomain, '/apps/setia/apply');

/** Reads the screen on which the shop chooses what its form asks. */
export async function readFormScreen({ shopId, domain }: { shopId: bigint; domain: string }) {
  const [settings, categories] = await Promise.all([
    readApplicationSettings(pool, shopId),
    readCategories(pool, shopId),
  ]);
  return {
    settings,
    address: applyAddress(domain),
    categories: categories.map(({ categoryId, name }) => ({ categoryId, name })),
  };
}

export interface ApplicationsView extends ApplicationPage {
  state: ApplicationState;
  counts: Record<ApplicationState, number>;
  /** Where the form is. */
  address: string;
  /** The form takes applications. */
  isOpen: boolean;
  canSendMail: boolean;
  isFirstPage: boolean;
  /** Of the answers, by application. */
  mails: Record<string, MailState>;
}

/** Reads a page of applications in a state. */
export async function readApplicationsScreen(
  { shopId, domain }: { shopId: bigint; domain: string },
  state: ApplicationState,
  after: string | null,
): Promise<ApplicationsView> {
  const [page, counts, { isOpen }] = await Promise.all([
    listApplications(shopId, state, after),
    countApplications(shopId),
    readApplicationSettings(pool, shopId),
  ]);
  const mails = await readMails(
    pool,
    shopId,
    page.rows.flatMap(({ mailId }) => mailId ?? []),
  );
  return {
    ...page,
    rows: page.rows.map(withReadablePhone),
    state,
    counts,
    address: applyAddress(domain),
    isOpen,
    canSendMail: canSendMail(),
    isFirstPage: after === null,
    mails: Object.fromEntries(
      page.rows.flatMap(({ applicationId, mailId }) => {
        const mail = mailId === null ? undefined : mails.get(mailId);
        return mail ? [[applicationId, mail.state]] : [];
      }),
    ),
  };
}

export interface ApplicationView {
  application: ApplicationRow;
  question: string;
  files: FileKind[];
  categories: { categoryId: bigint; name: string; allowsPersonDiscount: boolean }[];
  /** Where approved people usually go. */
  usualCategoryId: bigint | null;
  /** A customer of the shop with this address. */
  known: {
    customerId: bigint;
    firstName: string | null;
    lastName: string | null;
    email: string | null;
    phone: string | null;
  } | null;
  decidedBy: string | null;
  mail: MailView | null;
  canSendMail: boolean;
}

/** Reads one application; null for an unknown one. */
export async function readApplicationScreen(
  shopId: bigint,
  applicationId: string,
): Promise<ApplicationView | null> {
  const application = await findApplication(pool, shopId, applicationId);
  if (!application) return null;
  const { customerId, email, mailId, decidedBy } = application;
  const [files, categories, settings, customers, mails, names] = await Promise.all([
    listFiles(shopId, applicationId),
    readCategories(pool, shopId),
    readApplicationSettings(pool, shopId),
    pool.query<NonNullable<ApplicationView['known']>>(
      `SELECT customer_id AS "customerId", first_name AS "firstName", last_name AS "lastName", email, phone FROM customers
        WHERE shop_id = $1 AND (customer_id = $2 OR email = $3) AND state = 'active' AND merged_into IS NULL
        ORDER BY customer_id = $2 DESC NULLS LAST, customer_id LIMIT 1`,
      [shopId, customerId, email],
    ),
    readMails(pool, shopId, mailId === null ? [] : [mailId]),
    staffNames(shopId, decidedBy === null ? [] : [decidedBy]),
  ]);
  return {
    application: withReadablePhone(application),
    question: settings.question,
    files,
    categories: categories.map(({ categoryId, name, allowsPersonDiscount }) => ({
      categoryId,
      name,
      allowsPersonDiscount,
    })),
    usualCategoryId: usualOf(settings, categories),
    known: customers.rows.map(withReadablePhone)[0] ?? null,
    decidedBy: names.get(decidedBy ?? '') ?? null,
    mail: mails.get(mailId ?? '') ?? null,
    canSendMail: canSendMail(),
  };
}

function usualOf(
  { categoryId }: ApplicationSettings,
  categories: readonly { categoryId: bigint; key: string }[],
): bigint | null {
  const usual =
    categories.find((each) => each.categoryId === categoryId) ??
    categories.find(({ key }) => key === 'reseller');
  return usual?.categoryId ?? null;
}

export type ApplicationAnswer = { ok: true; goTo?: string } | { ok: false; errors: FieldErrors };

const GONE: ApplicationAnswer = { ok: false, errors: { form: { code: 'changed_meanwhile' } } };

/** Runs a button of the detail page: `approve`, `refuse`, `delete` or `send_again`. */
export async function actOnApplication(
  shop: ResellerShop,
  applicationId: string,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<ApplicationAnswer> {
  const { shopId } = shop;
  if (values.intent === 'approve') return approveApplication(shop, applicationId, values, await readActor());
  if (values.intent === 'refuse') return refuseApplication(shop, applicationId, values, await readActor());
  if (values.intent === 'delete')
    return (await deleteApplication(shopId, applicationId))
      ? { ok: true, goTo: '/app/resellers/applications' }
      : GONE;
  if (values.intent !== 'send_again') return { ok: false, errors: { form: { code: 'invalid' } } };
  const mailId = (await findApplication(pool, shopId, applicationId))?.mailId ?? null;
  return mailId !== null && (await sendAgain(pool, shopId, mailId)) ? { ok: true } : GONE;
}
