/** Finds customers at the till by phone (F114). */
import type { PeopleFound } from '../../../../extensions/shared/staff-api.ts';
import { readPhone } from '#app/lib/phone.ts';
import { findDuplicates } from '#app/modules/crm/form/find-duplicates.server.ts';
import type { StaffShop } from './staff-shop.server.ts';
import { toPerson } from './staff-views.ts';

/** Returns the customers with a phone, however it is written; none is a customer to welcome. */
export async function findPeople(shop: StaffShop, written: string): Promise<PeopleFound> {
  const read = readPhone(written, [shop.country]);
  if (!read.ok) return { ok: false, reason: 'unclear' };
  const found = await findDuplicates(shop, new URLSearchParams({ phone: read.phone }));
  return { ok: true, phone: read.phone, people: found.map(toPerson) };
}
