/** The tables of this module and those before it that name customers: what a merge has to decide on. */
import type { CustomerData } from '#app/modules/customers/customer-data.ts';
import { CUSTOMER_DATA as CUSTOMERS } from '#app/modules/customers/customer-data.ts';
import { CUSTOMER_DATA as EARNING } from '#app/modules/earning/customer-data.ts';
import { CUSTOMER_DATA as LEDGER } from '#app/modules/ledger/customer-data.ts';
import { CUSTOMER_DATA as MAIL } from '#app/modules/mail/customer-data.ts';
import { CUSTOMER_DATA as MEMBERSHIP } from '#app/modules/membership/customer-data.ts';
import { CUSTOMER_DATA as MESSAGING } from '#app/modules/messaging/customer-data.ts';
import { CUSTOMER_DATA as NOTES } from '#app/modules/notes/customer-data.ts';
import { CUSTOMER_DATA as ORDERS } from '#app/modules/orders/customer-data.ts';
import { CUSTOMER_DATA as PHOTOS } from '#app/modules/photos/customer-data.ts';
import { CUSTOMER_DATA as PRICING } from '#app/modules/pricing/customer-data.ts';
import { CUSTOMER_DATA as REDEMPTIONS } from '#app/modules/redemptions/customer-data.ts';
import { CUSTOMER_DATA as RESELLERS } from '#app/modules/resellers/customer-data.ts';
import { CUSTOMER_DATA as SEGMENTS } from '#app/modules/segments/customer-data.ts';
import { CUSTOMER_DATA as TAGS } from '#app/modules/tags/customer-data.ts';
import { CUSTOMER_DATA as CRM } from '../customer-data.ts';

/** In the order of the modules. */
export const TABLES_TO_MERGE: readonly CustomerData[] = [
  ...CUSTOMERS,
  ...NOTES,
  ...PHOTOS,
  ...MAIL,
  ...ORDERS,
  ...LEDGER,
  ...MEMBERSHIP,
  ...PRICING,
  ...REDEMPTIONS,
  ...EARNING,
  ...SEGMENTS,
  ...MESSAGING,
  ...TAGS,
  ...RESELLERS,
  ...CRM,
];
