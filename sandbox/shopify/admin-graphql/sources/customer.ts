import type { Address, Customer, MarketingConsent } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { addressesOf, NO_CONSENT } from '../../customer-parts.ts';
import { orderTotals } from '../../order-totals.ts';
import { refundedMoney } from '../../refunds.ts';
import { connection } from '../connection.ts';
import type { AdminContext, Source } from '../context.ts';
import { metafieldFields } from './metafield.ts';
import { dateTime, moneyV2 } from './money.ts';
import { orderSource } from './order.ts';
import { storeCreditAccounts } from './store-credit.ts';

/** `Customer` */
export function customerSource(context: AdminContext, customer: Customer): Source {
  const orders = () => context.state.orders.filter((order) => order.customerId === customer.id);
  return {
    __typename: 'Customer',
    ...person(customer),
    createdAt: dateTime(customer.createdAt),
    updatedAt: dateTime(customer.updatedAt),
    canDelete: () => orders().length === 0,
    numberOfOrders: () => String(orders().length),
    amountSpent: () => moneyV2(amountSpent(context, customer), context.state.shop.currency),
    lastOrder: () => {
      const last = orders().at(-1);
      return last ? orderSource(context, last) : null;
    },
    orders: (args) =>
      connection(
        { items: orders(), idOf: (order) => order.id, toSource: (order) => orderSource(context, order) },
        args,
      ),
    storeCreditAccounts: (args) => storeCreditAccounts(context, customer, args),
    ...metafieldFields(customer, 'CUSTOMER'),
  };
}

function person(customer: Customer): Source {
  const displayName = `${customer.firstName} ${customer.lastName}`.trim();
  return {
    id: gid('Customer', customer.id),
    legacyResourceId: String(customer.id),
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: displayName === '' ? (customer.email ?? '') : displayName,
    email: customer.email,
    phone: customer.phone,
    ...contactFields(customer),
    defaultAddress: () => (customer.address ? addressSource(customer.address) : null),
    addressesV2: (args) =>
      connection({ items: addressesOf(customer), idOf: (each) => each.id, toSource: addressSource }, args),
    locale: customer.locale,
    note: customer.note,
    tags: [...customer.tags].sort(),
    state: customer.state,
    verifiedEmail: customer.verifiedEmail,
    taxExempt: false,
  };
}

/** Contact details and marketing consent: the consents are fields of their own, and of phone and e-mail too. */
function contactFields(customer: Customer): Source {
  const sms = customer.smsConsent ?? NO_CONSENT;
  const email = customer.emailConsent ?? NO_CONSENT;
  const at = ({ updatedAt }: MarketingConsent) => (updatedAt === null ? null : dateTime(updatedAt));
  return {
    smsMarketingConsent:
      customer.phone === null
        ? null
        : {
            marketingState: sms.state,
            marketingOptInLevel: sms.optInLevel ?? 'UNKNOWN',
            consentUpdatedAt: at(sms),
            consentCollectedFrom: 'OTHER',
          },
    emailMarketingConsent:
      customer.email === null
        ? null
        : {
            marketingState: email.state,
            marketingOptInLevel: email.optInLevel,
            consentUpdatedAt: at(email),
          },
    defaultEmailAddress:
      customer.email === null
        ? null
        : {
            emailAddress: customer.email,
            validFormat: true,
            marketingState: email.state,
            marketingOptInLevel: email.optInLevel,
            marketingUpdatedAt: at(email),
          },
    defaultPhoneNumber:
      customer.phone === null
        ? null
        : {
            phoneNumber: customer.phone,
            marketingState: sms.state,
            marketingOptInLevel: sms.optInLevel,
            marketingUpdatedAt: at(sms),
            marketingCollectedFrom: 'OTHER',
          },
  };
}

/** `MailingAddress` */
export function addressSource(address: Address): Source {
  return {
    id: gid('MailingAddress', address.id),
    firstName: address.firstName,
    lastName: address.lastName,
    name: `${address.firstName} ${address.lastName}`,
    company: address.company ?? null,
    address1: address.address1,
    address2: address.address2 ?? null,
    city: address.city,
    province: address.province,
    provinceCode: address.provinceCode,
    country: address.country,
    countryCodeV2: address.countryCode,
    zip: address.zip,
    phone: address.phone,
  };
}

function amountSpent(context: AdminContext, customer: Customer): number {
  return context.state.orders
    .filter((order) => order.customerId === customer.id && !order.test && order.cancelledAt === null)
    .filter((order) => order.financialStatus !== 'pending' && order.financialStatus !== 'voided')
    .reduce((sum, order) => sum + orderTotals(order).total - refundedMoney(order), 0);
}
