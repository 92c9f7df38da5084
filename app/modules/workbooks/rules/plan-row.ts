/** What the run does with a checked row. Pure: over the customer as they are now. */
import type { CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { tagKey, tidyTag } from '#app/modules/customers/rules/tag-key.ts';
import type { RowValues } from './import-fields.ts';
import {
  changesNothing,
  changesOfRow,
  type ChangeContext,
  type KnownPerson,
  type RowChanges,
} from './row-changes.ts';

export interface CheckedRow {
  values: RowValues;
  verdict: string;
}

export interface RunChoices {
  mode: 'both' | 'create' | 'update';
  takesDoubtful: boolean;
  tags: readonly string[];
}

export type RowPlan =
  | { what: 'skip'; outcome: 'skipped' | 'unchanged' }
  | { what: 'refuse'; field: string; reason: 'needs_phone' | 'needs_email' | 'required' }
  | { what: 'write'; changes: RowChanges };

const SKIPPED: RowPlan = { what: 'skip', outcome: 'skipped' };

/** Plans a row; `known` is the customer that it names now, null for a new one. */
export function planRow(
  row: CheckedRow,
  known: KnownPerson | null,
  choices: RunChoices,
  context: ChangeContext,
): RowPlan {
  const { values, verdict } = row;
  if (verdict === 'wrong' || verdict === 'empty') return SKIPPED;
  if (verdict === 'doubtful' && !choices.takesDoubtful) return SKIPPED;
  if (choices.mode === (known === null ? 'update' : 'create')) return SKIPPED;
  const changes = withTags(changesOfRow(values, known, context), known, choices.tags);
  if (known !== null && changesNothing(changes)) return { what: 'skip', outcome: 'unchanged' };
  return missingIn(changes.fields, known) ?? { what: 'write', changes };
}

/** The tags for every customer of the file go with those of the row. */
function withTags(changes: RowChanges, known: KnownPerson | null, all: readonly string[]): RowChanges {
  const held = new Set(known?.tags.map(tagKey));
  const wanted = new Map([...(changes.tags ?? []), ...all].map((tag) => [tagKey(tag), tidyTag(tag)]));
  const tags = [...wanted].filter(([key]) => !held.has(key)).map(([, tag]) => tag);
  const { tags: _tags, ...rest } = changes;
  return tags.length === 0 ? rest : { ...rest, tags };
}

/** A new customer needs something to be known by, and a consent needs its channel. */
function missingIn(fields: Partial<CustomerRecord>, known: KnownPerson | null): RowPlan | null {
  const of = (field: 'phone' | 'email' | 'firstName' | 'lastName') =>
    fields[field] ?? known?.record[field] ?? null;
  const isNamed = (['phone', 'email', 'firstName', 'lastName'] as const).some((field) => of(field) !== null);
  if (!isNamed) return { what: 'refuse', field: 'firstName', reason: 'required' };
  if (fields.smsConsent === 'subscribed' && of('phone') === null)
    return { what: 'refuse', field: 'smsConsent', reason: 'needs_phone' };
  if (fields.emailConsent === 'subscribed' && of('email') === null)
    return { what: 'refuse', field: 'emailConsent', reason: 'needs_email' };
  return null;
}
