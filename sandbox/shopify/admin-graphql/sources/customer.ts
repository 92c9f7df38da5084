import { createHash } from 'node:crypto';

import type { Address, Customer, Metafield } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { orderTotals } from '../../order-totals.ts';
import { refundedMoney } from '../../refunds.ts';
import { connection } from '../connection.ts';
import type { AdminContext, Source } from '../context.ts';
import { dateTime, moneyV2 } from './money.ts';
import { orderSource } from './order.ts';

/** The namespace that `$app` stands for: the app's own, which no other app can write. */
export const APP_NAMESPACE = 'app--700100200300';

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
    metafield: (args) => {
      const found = findMetafield(
        customer,
        typeof args.namespace === 'string' ? args.namespace : '$app',
        String(args.key),
      );
      return found ? metafieldSource(found) : null;
    },
    metafields: (args) =>
      connection(
        {
          items: customer.metafields.filter(
            (each) => typeof args.namespace !== 'string' || each.namespace === realNamespace(args.namespace),
          ),
          idOf: (metafield) => metafield.id,
          toSource: metafieldSource,
        },
        args,
      ),
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

/** `Metafield` */
export function metafieldSource(metafield: Metafield): Source {
  return {
    __typename: 'Metafield',
    id: gid('Metafield', metafield.id),
    legacyResourceId: String(metafield.id),
    namespace: metafield.namespace,
    key: metafield.key,
    type: metafield.type,
    value: metafield.value,
    jsonValue: () => jsonValue(metafield),
    compareDigest: compareDigest(metafield),
    sizeInBytes: Buffer.byteLength(metafield.value),
    ownerType: 'CUSTOMER',
    createdAt: dateTime(metafield.createdAt),
    updatedAt: dateTime(metafield.updatedAt),
  };
}

/** What `compareDigest` of a write is held against. */
export function compareDigest(metafield: Metafield): string {
  return createHash('sha256').update(`${metafield.type}\n${metafield.value}`).digest('hex');
}

/** `$app` and `$app:name` as the namespace they are kept under. */
export function realNamespace(namespace: string): string {
  return namespace.replace(/^\$app(?::|$)/, (mark) =>
    mark.endsWith(':') ? `${APP_NAMESPACE}--` : APP_NAMESPACE,
  );
}

/** A customer's metafield, or undefined. */
export function findMetafield(customer: Customer, namespace: string, key: string): Metafield | undefined {
  return customer.metafields.find((each) => each.namespace === realNamespace(namespace) && each.key === key);
}

function jsonValue(metafield: Metafield): unknown {
  const textual = !/^(json|number_integer|boolean|list\.)/.test(metafield.type);
  return textual ? metafield.value : JSON.parse(metafield.value);
}

function amountSpent(context: AdminContext, customer: Customer): number {
  return context.state.orders
    .filter((order) => order.customerId === customer.id && !order.test && order.cancelledAt === null)
    .filter((order) => order.financialStatus !== 'pending' && order.financialStatus !== 'voided')
    .reduce((sum, order) => sum + orderTotals(order).total - refundedMoney(order), 0);
}
