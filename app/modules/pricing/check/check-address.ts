/** What a price check is about, as its address: who, what and how much. The address is the link for support. Browser and server. */
import { readIdParam } from '#app/lib/read-id.ts';

export interface CheckRow {
  /** `v` and a variant's id. */
  ref: string;
  quantity: number;
}

export interface CheckAddress {
  customerId: string | null;
  rows: CheckRow[];
}

export const CHECK_ROWS_MAX = 200;
const QUANTITY_MAX = 1_000_000;
const ROW = /^([vp][1-9]\d{0,18})x([1-9]\d{0,6})$/;
const PAGE = '/app/resellers/price-check';

/** Reads the address; rows that are none are left out. */
export function readCheckAddress(search: URLSearchParams): CheckAddress {
  const customer = search.get('customer') ?? '';
  const rows = (search.get('items') ?? '')
    .split(',')
    .slice(0, CHECK_ROWS_MAX)
    .flatMap((text) => {
      const [, ref, quantity] = ROW.exec(text) ?? [];
      return ref === undefined || readIdParam(ref.slice(1)) === null
        ? []
        : [{ ref, quantity: Math.min(Number(quantity), QUANTITY_MAX) }];
    });
  return { customerId: readIdParam(customer)?.toString() ?? null, rows };
}

/** Rows as the address has them. */
export const itemsText = (rows: readonly CheckRow[]): string =>
  rows.map(({ ref, quantity }) => `${ref}x${quantity}`).join(',');

/** Returns the address of a check. */
export function checkAddress({ customerId, rows }: CheckAddress): string {
  const search = new URLSearchParams();
  if (customerId !== null) search.set('customer', customerId);
  if (rows.length > 0) search.set('items', itemsText(rows));
  const text = search.toString();
  return text === '' ? PAGE : `${PAGE}?${text}`;
}
