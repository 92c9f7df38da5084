/** What rows changed, stored here in one transaction: the records, what Shopify does not have, balances, and the rows' ends. */
import { ledgerNow, type Transaction } from '#app/db.server.ts';
import { addDays, startOfDay } from '#app/lib/calendar-days.ts';
import { parseMinor } from '#app/lib/money.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { EMPTY_RECORD } from '#app/modules/crm/form/form-values.ts';
import { noteOrigin } from '#app/modules/customers/note-origin.server.ts';
import { recordCustomers, type CustomerUpdate } from '#app/modules/customers/record-customers.server.ts';
import type { CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { stateTimestamp } from '#app/modules/customers/rules/decode-customer.ts';
import {
  storeConsentFactsOf,
  storeNationalId,
  type ConsentFact,
} from '#app/modules/customers/store-own-fields.server.ts';
import { storeTermsOf, type CustomerTerms } from '#app/modules/customers/store-terms.server.ts';
import { postOpenings, type OpeningBalance } from '#app/modules/ledger/opening-balances.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { setTier } from '#app/modules/membership/set-tier.server.ts';
import { recordTagAnswers } from '#app/modules/tags/record-tags.server.ts';
import type { Import } from '../import/import-rows.server.ts';
import type { RowChanges } from '../rules/row-changes.ts';

/** A row that Shopify has, or that is none of its business. */
export interface WrittenRow {
  row: number;
  customerId: bigint;
  /** As far as it is known how they were; null for one who was created. */
  known: { record: Partial<CustomerRecord>; categoryId: string | null } | null;
  changes: RowChanges;
  /** Shopify's, after the change. */
  updatedAt: Date;
  tagsAt: Date | null;
}

export interface StoreContext {
  seen: Import;
  actor: string;
  now: Date;
  allowsDiscount: (categoryId: string | null) => boolean;
}

/** The key under which a row's opening balance is posted. */
export function openingKey(importId: bigint, row: number, unit: 'POINTS' | 'CREDIT'): string {
  return `import:${importId}:${row}:${unit}`;
}

/** Stores rows; returns those whose customer is deleted, merged or erased meanwhile: of them nothing is stored. */
export async function storeRows(
  tx: Transaction,
  context: StoreContext,
  written: readonly WrittenRow[],
): Promise<Set<number>> {
  if (written.length === 0) return new Set();
  const { shopId } = context.seen;
  await recordCustomers(
    tx,
    written.flatMap((row) => updateOf(row, context)),
  );
  const created = written.filter(({ known }) => known === null).map(({ customerId }) => customerId);
  await noteOrigin(tx, shopId, created, 'import');
  const active = await lockActive(tx, shopId, written);
  const rows = written.filter(({ customerId }) => active.has(customerId));
  await storeTermsOf(
    tx,
    shopId,
    rows.flatMap((row) => termsOf(row, context)),
    context.actor,
  );
  await storeConsentFactsOf(
    tx,
    shopId,
    rows.flatMap((row) => consentsOf(row, context)),
    context.actor,
  );
  await storeOthers(tx, context, rows);
  await recordTagAnswers(
    tx,
    rows.flatMap((row) => tagsOf(row, shopId)),
  );
  await postOpenings(tx, await openingsOf(tx, context, rows));
  return new Set(written.filter(({ customerId }) => !active.has(customerId)).map(({ row }) => row));
}

function updateOf(
  { customerId, changes, known, updatedAt }: WrittenRow,
  context: StoreContext,
): CustomerUpdate[] {
  if (known !== null && Object.keys(changes.fields).length === 0) return [];
  return [
    {
      shopId: context.seen.shopId,
      customerId,
      at: stateTimestamp(updatedAt, new Date()),
      source: 'import',
      actor: context.actor,
      fields: changes.fields,
      before: known?.record ?? EMPTY_RECORD,
      ...(known === null ? { origin: 'import' as const } : {}),
    },
  ];
}

const ACTIVE = `
  SELECT customer_id AS "customerId" FROM customers
   WHERE shop_id = $1 AND customer_id = ANY ($2::bigint[]) AND state = 'active' AND merged_into IS NULL
   ORDER BY customer_id FOR NO KEY UPDATE`;

async function lockActive(
  tx: Transaction,
  shopId: bigint,
  rows: readonly WrittenRow[],
): Promise<Set<bigint>> {
  const found = await tx.query<{ customerId: bigint }>(ACTIVE, [
    shopId,
    bigintArray(rows.map(({ customerId }) => customerId)),
  ]);
  return new Set(found.rows.map(({ customerId }) => customerId));
}

/** A personal discount is removed with the category that allowed it. */
function termsOf(
  { customerId, changes, known }: WrittenRow,
  { allowsDiscount }: StoreContext,
): CustomerTerms[] {
  const { categoryId, personDiscountBp } = changes;
  if (categoryId === undefined && personDiscountBp === undefined) return [];
  const isAllowed = allowsDiscount(categoryId ?? known?.categoryId ?? null);
  const discount = isAllowed ? personDiscountBp : null;
  return [
    {
      customerId,
      ...(categoryId === undefined ? {} : { categoryId: BigInt(categoryId) }),
      ...(discount === undefined ? {} : { percent: discount }),
    },
  ];
}

function consentsOf(
  { customerId, changes: { fields } }: WrittenRow,
  { now, seen }: StoreContext,
): ConsentFact[] {
  const source = seen.choices.consentSource;
  return [
    ...(fields.smsConsent ? [{ customerId, channel: 'sms' as const, at: now, source }] : []),
    ...(fields.emailConsent ? [{ customerId, channel: 'email' as const, at: now, source }] : []),
  ];
}

/** What few rows have: national IDs, categories that decide about tiers, and tiers. */
async function storeOthers(
  tx: Transaction,
  context: StoreContext,
  rows: readonly WrittenRow[],
): Promise<void> {
  const { shopId, fileName } = context.seen;
  const { actor } = context;
  for (const { customerId, changes } of rows)
    if (changes.nationalId !== undefined)
      await storeNationalId(tx, { shopId, customerId }, changes.nationalId, actor);
  await queueEvaluation(
    tx,
    rows
      .filter(({ changes }) => changes.categoryId !== undefined)
      .map(({ customerId }) => ({ shopId, customerId })),
  );
  const reason = fileName.slice(0, REASON_CHARACTERS_MAX).trim() || 'import';
  for (const { customerId, changes } of rows)
    if (changes.tierId !== undefined)
      await setTier(tx, { shopId, customerId, tierId: BigInt(changes.tierId), reason, actor });
}

const REASON_CHARACTERS_MAX = 200;

function tagsOf({ customerId, changes, tagsAt }: WrittenRow, shopId: bigint) {
  if (tagsAt === null) return [];
  return (changes.tags ?? []).map((name) => ({ shopId, customerId, name, isOn: true, at: tagsAt }));
}

async function openingsOf(
  tx: Transaction,
  { seen, actor }: StoreContext,
  rows: readonly WrittenRow[],
): Promise<OpeningBalance[]> {
  const { shopId, importId, choices, timeZone, currency, fileName } = seen;
  const expiresAt =
    choices.openingUntil === null ? null : startOfDay(addDays(choices.openingUntil, 1), timeZone);
  // Given already expired, it would be worth nothing.
  if (expiresAt !== null && expiresAt <= (await ledgerNow(tx))) return [];
  return rows.flatMap(({ row, customerId, changes: { openingPoints, openingCredit } }) => {
    const base = { shopId, customerId, expiresAt, actor, note: fileName };
    const credit =
      openingCredit === undefined || currency === null ? 0n : parseMinor(openingCredit, currency);
    return [
      ...(openingPoints === undefined
        ? []
        : [
            {
              ...base,
              unit: 'POINTS' as const,
              amount: BigInt(openingPoints),
              key: openingKey(importId, row, 'POINTS'),
            },
          ]),
      ...(credit <= 0n
        ? []
        : [{ ...base, unit: 'CREDIT' as const, amount: credit, key: openingKey(importId, row, 'CREDIT') }]),
    ];
  });
}
