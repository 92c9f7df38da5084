/** What an undo takes back of a row: each field only where it is still what the import wrote. Pure. */
import type { Consent, CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { fieldsOf, mergeRecord, RECORD_FIELDS } from '#app/modules/customers/rules/merge-fields.ts';
import { tagKey } from '#app/modules/customers/rules/tag-key.ts';
import type { KnownPerson } from './row-changes.ts';

/** What a row changed, or what was before. Absent: not changed. */
export interface StoredChanges {
  fields: Partial<CustomerRecord>;
  categoryId?: string | null;
  tierId?: string | null;
  personDiscountBp?: number | null;
  tags?: readonly string[];
  hasNationalId?: boolean;
  hasOpening?: boolean;
}

export interface UndoPlan {
  fields: Partial<CustomerRecord>;
  categoryId?: string | null;
  tierId?: string;
  personDiscountBp?: number | null;
  tags: readonly string[];
  removesNationalId: boolean;
  /** Something that the import wrote stays. */
  isPartial: boolean;
}

/** Plans the undoing of a row that changed a known customer. `isNationalIdOurs`: theirs is the one of the file. */
export function planUndo(
  person: KnownPerson,
  before: StoredChanges,
  after: StoredChanges,
  isNationalIdOurs: boolean,
): UndoPlan {
  const plan: UndoPlan = { fields: {}, tags: [], removesNationalId: false, isPartial: false };
  for (const field of fieldsOf(after.fields)) {
    const was = before.fields[field] ?? null;
    if (is(person.record, { [field]: was })) continue;
    const back = field === 'smsConsent' || field === 'emailConsent' ? consentBack(before.fields[field]) : was;
    if (!is(person.record, { [field]: after.fields[field] }) || back === undefined) plan.isPartial = true;
    else Object.assign(plan.fields, { [field]: back ?? nothingOf(field) });
  }
  for (const field of ['categoryId', 'personDiscountBp'] as const) {
    if (!(field in after) && !(field in before)) continue;
    const was = before[field] ?? null;
    const wrote = field in after ? (after[field] ?? null) : null;
    if (person[field] === was) continue;
    if (person[field] === wrote) Object.assign(plan, { [field]: was });
    else plan.isPartial = true;
  }
  undoTier(plan, person, before, after);
  plan.tags = (after.tags ?? []).filter((tag) => person.tags.some((held) => tagKey(held) === tagKey(tag)));
  if (after.hasNationalId === true) {
    plan.removesNationalId = before.hasNationalId !== true && isNationalIdOurs;
    plan.isPartial ||= before.hasNationalId === true;
  }
  return plan;
}

function is(record: CustomerRecord, fields: Partial<CustomerRecord>): boolean {
  return mergeRecord({ record, times: {} }, 0, fields).changes.length === 0;
}

/** Apps may say subscribed and unsubscribed only: a consent that was none before is withdrawn. */
function consentBack(before: Consent | null | undefined): Consent | undefined {
  return before === 'subscribed' ? 'subscribed' : 'unsubscribed';
}

function nothingOf(field: keyof CustomerRecord): [] | Record<string, never> | null {
  if (field === 'interests') return [];
  return field === 'social' ? {} : null;
}

/** A tier can be set, not removed: who had none keeps the import's. */
function undoTier(plan: UndoPlan, person: KnownPerson, before: StoredChanges, after: StoredChanges): void {
  if (after.tierId === undefined || person.tierId === (before.tierId ?? null)) return;
  const was = before.tierId;
  if (person.tierId === after.tierId && was !== undefined && was !== null) plan.tierId = was;
  else plan.isPartial = true;
}

/** Whether a customer whom the import created is still as it left them. */
export function isUntouched(person: KnownPerson, after: StoredChanges): boolean {
  const others = RECORD_FIELDS.filter((field) => !(field in after.fields));
  const hasOthers = others.some(
    (field) => person.record[field] !== 'not_subscribed' && !is(person.record, { [field]: nothingOf(field) }),
  );
  return !hasOthers && is(person.record, after.fields);
}
