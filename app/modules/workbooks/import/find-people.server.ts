/** The customers that rows of a file name: by their id, phone or e-mail address. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { RECORD_COLUMN_TYPES, recordOfRow, type RecordRow } from '#app/modules/customers/record-columns.ts';
import type { RowValues } from '../rules/import-fields.ts';
import type { KnownPerson } from '../rules/row-changes.ts';
import type { ImportChoices } from './import-choices.ts';

/** Why a row is doubtful. */
export const DOUBTS = ['repeated_in_file', 'two_customers', 'several_customers', 'unknown_id'] as const;
export type Doubt = (typeof DOUBTS)[number];

export interface Person extends KnownPerson {
  customerId: bigint;
}

export interface People {
  byId: ReadonlyMap<string, Person>;
  byPhone: ReadonlyMap<string, Person[]>;
  byEmail: ReadonlyMap<string, Person[]>;
}

/** The customer that a row names; doubtful when its id, phone and e-mail name different ones, or one names several. */
export function personOf(
  { customerId, phone, email }: RowValues,
  { byId, byPhone, byEmail }: People,
  { identity }: ImportChoices,
): { person: Person | null; doubt: Doubt | null } {
  const phones = identity !== 'email' && typeof phone === 'string' ? (byPhone.get(phone) ?? []) : [];
  const emails = identity !== 'phone' && typeof email === 'string' ? (byEmail.get(email) ?? []) : [];
  const own = typeof customerId === 'string' ? byId.get(customerId) : undefined;
  const [first] = own ? [own] : phones.length > 0 ? phones : emails;
  if (typeof customerId === 'string' && own === undefined)
    return { person: first ?? null, doubt: 'unknown_id' };
  if (first === undefined) return { person: null, doubt: null };
  if (own === undefined && (phones.length > 1 || emails.length > 1))
    return { person: first, doubt: 'several_customers' };
  const isOther = [...phones, ...emails].some((each) => each !== first);
  return { person: first, doubt: isOther ? 'two_customers' : null };
}

const COLUMNS = Object.entries(RECORD_COLUMN_TYPES)
  .map(([column, type]) => (type === 'date' ? `c.${column}::text` : `c.${column}`))
  .join(', ');

/**
 * Found by each column apart, then read once: most rows name a customer by phone and e-mail. Ids are compared with a list,
 * since a join would compare each with each where no statistics are.
 */
const FIND = `
  SELECT c.customer_id, c.category_id, c.tier_id, c.person_discount_bp, c.national_id_hash, c.tags, ${COLUMNS} FROM customers c
   WHERE c.shop_id = $1 AND c.customer_id = ANY (array_cat($4::bigint[], ARRAY(
     SELECT p.customer_id FROM customers p WHERE p.shop_id = $1 AND p.phone = ANY ($2::text[])
      UNION SELECT e.customer_id FROM customers e WHERE e.shop_id = $1 AND e.email = ANY ($3::text[]))))
     AND c.state = 'active' AND c.merged_into IS NULL`;

interface PersonRow extends RecordRow {
  customer_id: bigint;
  category_id: bigint | null;
  tier_id: bigint | null;
  person_discount_bp: number | null;
  national_id_hash: string | null;
  tags: string[];
}

/** Finds the customers that rows of a shop name. */
export async function findPeople(db: Queryable, shopId: bigint, rows: readonly RowValues[]): Promise<People> {
  const textsOf = (field: 'phone' | 'email' | 'customerId') =>
    rows.flatMap(({ [field]: value }) => (typeof value === 'string' ? [value] : []));
  const { rows: found } = await db.query<PersonRow>(FIND, [
    shopId,
    textsOf('phone'),
    textsOf('email'),
    bigintArray(textsOf('customerId').map(BigInt)),
  ]);
  const byId = new Map<string, Person>();
  for (const row of found) {
    const id = row.customer_id.toString();
    if (!byId.has(id)) byId.set(id, toPerson(row));
  }
  const people = [...byId.values()].toSorted((one, other) => (one.customerId < other.customerId ? -1 : 1));
  return {
    byId,
    byPhone: groupBy(people, ({ record }) => record.phone),
    byEmail: groupBy(people, ({ record }) => record.email),
  };
}

function toPerson(row: PersonRow): Person {
  return {
    customerId: row.customer_id,
    record: recordOfRow(row),
    categoryId: row.category_id?.toString() ?? null,
    tierId: row.tier_id?.toString() ?? null,
    personDiscountBp: row.person_discount_bp,
    nationalIdHash: row.national_id_hash,
    tags: row.tags,
  };
}

function groupBy(people: readonly Person[], keyOf: (person: Person) => string | null): Map<string, Person[]> {
  const groups = new Map<string, Person[]>();
  for (const person of people) {
    const key = keyOf(person);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), person]);
  }
  return groups;
}
