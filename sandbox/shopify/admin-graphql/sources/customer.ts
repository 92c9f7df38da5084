import type { Address, Customer } from '../../../state.ts';
import { gid } from '../../../world.ts';
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
    defaultEmailAddress: customer.email === null ? null : { emailAddress: customer.email, validFormat: true },
    defaultPhoneNumber: customer.phone === null ? null : { phoneNumber: customer.phone },
    defaultAddress: () => (customer.address ? addressSource(customer.address) : null),
    locale: customer.locale,
    note: customer.note,
    tags: [...customer.tags].sort(),
    state: customer.state,
    verifiedEmail: customer.verifiedEmail,
    taxExempt: false,
  };
}

/** `MailingAddress` */
export function addressSource(address: Address): Source {
  return {
    id: gid('MailingAddress', address.id),
    firstName: address.firstName,
    lastName: address.lastName,
    name: `${address.firstName} ${address.lastName}`,
    company: null,
    address1: address.address1,
    address2: null,
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
