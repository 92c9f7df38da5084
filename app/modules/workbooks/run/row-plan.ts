/** What a row that is sent to Shopify does, as it was planned and is stored with it until it ends. */
import { z } from 'zod';
import { BULK_STEPS, type BulkStep } from '#app/integrations/shopify/bulk-customers.server.ts';
import type { RowValues } from '../rules/import-fields.ts';
import type { StoredChanges } from '../rules/plan-undo.ts';
import type { RowChanges } from '../rules/row-changes.ts';
import { changesSchema, readChanges } from './stored-changes.ts';

/** Shopify's name of the field or ours, and why it was refused. */
export interface RowRefusal {
  field: string | null;
  reason: string;
}

export interface SentPlan {
  /** Null: a new customer whom Shopify does not have yet, as far as we know. */
  customerId: bigint | null;
  /** What the row writes. */
  after: StoredChanges;
  /** What was before; null for a new customer. */
  before: StoredChanges | null;
  /** The category of the customer when it was planned. */
  categoryId: string | null;
  /** The steps of bulk mutations that are left; none for a row that is sent alone. */
  steps: readonly BulkStep[];
  /** When Shopify last changed the customer, and its tags, in the steps that are done. */
  updatedAt: Date | null;
  tagsAt: Date | null;
  /** What was refused in the steps that are done. */
  refusals: readonly RowRefusal[];
}

const instant = z
  .string()
  .transform((text) => new Date(text))
  .nullable();

const planSchema = z.object({
  customerId: z.string().transform(BigInt).nullable(),
  after: changesSchema,
  before: changesSchema.nullable(),
  categoryId: z.string().nullable(),
  steps: z.array(z.enum(BULK_STEPS)),
  updatedAt: instant,
  tagsAt: instant,
  refusals: z.array(z.object({ field: z.string().nullable(), reason: z.string() })),
});

/** Reads a stored plan; null for none. @throws ZodError for something else */
export function readPlan(stored: unknown): SentPlan | null {
  if (stored === null) return null;
  const { after, before, ...plan } = planSchema.parse(stored);
  return { ...plan, after: readChanges(after), before: before && readChanges(before) };
}

/** A plan as it is stored. */
export function storedPlan({ customerId, ...plan }: SentPlan): object {
  return { ...plan, customerId: customerId?.toString() ?? null };
}

/** What the row changes; what is not kept in plans comes from its values. */
export function changesOfPlan({ after }: SentPlan, values: RowValues): RowChanges {
  const { fields, categoryId, tierId, personDiscountBp, tags, hasNationalId, hasOpening } = after;
  const { nationalId, openingPoints, openingCredit } = values;
  return {
    fields,
    ...(typeof categoryId === 'string' ? { categoryId } : {}),
    ...(typeof tierId === 'string' ? { tierId } : {}),
    ...(personDiscountBp === undefined ? {} : { personDiscountBp }),
    ...(tags === undefined ? {} : { tags }),
    ...(hasNationalId && typeof nationalId === 'string' ? { nationalId } : {}),
    ...(hasOpening && typeof openingPoints === 'number' && openingPoints > 0 ? { openingPoints } : {}),
    ...(hasOpening && typeof openingCredit === 'string' && openingCredit !== '0' ? { openingCredit } : {}),
  };
}
