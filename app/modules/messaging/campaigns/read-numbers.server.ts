/** A pasted list of telephone numbers: whose they are, and what of it could not be read. */
import { pool, type Queryable } from '#app/db.server.ts';
import { readPhone } from '#app/lib/phone.ts';
import { NUMBERS_MAX } from './audience.ts';

/** Shown of what could not be read. */
const UNREAD_SHOWN_MAX = 20;
const UNREAD_CHARACTERS_MAX = 40;

export interface NumbersRead {
  customerIds: bigint[];
  /** Numbers in the list, each once. */
  numbers: number;
  /** Written more than once. */
  repeated: number;
  /** Of no customer: nobody knows whether they agreed to messages. */
  strangers: number;
  unread: number;
  /** The first that could not be read, with their lines. */
  examples: { line: number; text: string }[];
  isTooLong: boolean;
}

/** Lines, or what commas, semicolons and tabs separate; a heading such as "Phone" is unread as any other text. */
function partsOf(text: string): { line: number; text: string }[] {
  return text
    .split(/\r?\n/)
    .flatMap((written, index) =>
      written.split(/[,;\t]/).map((part) => ({ line: index + 1, text: part.trim() })),
    )
    .filter((part) => part.text !== '');
}

/** Reads the list. `country` (two letters) is the shop's: its numbers need no country code. */
export async function readNumbers(
  db: Queryable,
  shop: { shopId: bigint; country: string | null },
  text: string,
): Promise<NumbersRead> {
  const parts = partsOf(text);
  const unread: NumbersRead['examples'] = [];
  const phones = new Set<string>();
  let written = 0;
  for (const part of parts.slice(0, NUMBERS_MAX)) {
    const read = readPhone(part.text, [shop.country]);
    if (read.ok) {
      written += 1;
      phones.add(read.phone);
    } else unread.push({ line: part.line, text: part.text.slice(0, UNREAD_CHARACTERS_MAX) });
  }
  const { rows } = await db.query<{ customerId: bigint; phone: string }>(
    `SELECT customer_id AS "customerId", phone FROM customers WHERE shop_id = $1 AND phone = ANY($2::text[]) AND state = 'active'
      ORDER BY customer_id`,
    [shop.shopId, [...phones]],
  );
  const known = new Set(rows.map(({ phone }) => phone));
  return {
    customerIds: rows.map(({ customerId }) => customerId),
    numbers: phones.size,
    repeated: written - phones.size,
    strangers: phones.size - known.size,
    unread: unread.length,
    examples: unread.slice(0, UNREAD_SHOWN_MAX),
    isTooLong: parts.length > NUMBERS_MAX,
  };
}

/** The numbers of these customers, one a line: a list that was pasted is kept as the customers it named. */
export async function writeNumbers(db: Queryable, shopId: bigint, ids: readonly string[]): Promise<string> {
  const { rows } = await db.query<{ phone: string }>(
    `SELECT DISTINCT phone FROM customers WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND phone IS NOT NULL ORDER BY phone`,
    [shopId, ids],
  );
  return rows.map(({ phone }) => phone).join('\n');
}

/** What the form shows of a list while it is typed. */
export async function previewNumbers(shop: { shopId: bigint; country: string | null }, text: string) {
  const { customerIds, ...read } = await readNumbers(pool, shop, text);
  return { ...read, customers: customerIds.length };
}

export type NumbersView = Awaited<ReturnType<typeof previewNumbers>>;
