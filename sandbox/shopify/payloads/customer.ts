import type { Address, Customer, ShopState } from '../../state.ts';
import { gid, type World } from '../../world.ts';
import { addressesOf } from '../customer-parts.ts';
import { localTime } from './local-time.ts';

/** The payload of customers/create and customers/update with the fields that exist since API 2025-01. */
export function customerPayload(world: World, domain: string, customer: Customer) {
  const state = world.shop(domain);
  const toPayload = (address: Address) =>
    customerAddress(address, customer.id, address.id === customer.address?.id);
  return {
    ...customerCore(state, customer),
    addresses: addressesOf(customer).map(toPayload),
    ...(customer.address ? { default_address: toPayload(customer.address) } : {}),
  };
}

/** The payload of customers/delete. */
export function customerDeletedPayload(customer: Customer) {
  return { id: customer.id, tax_exemptions: [], admin_graphql_api_id: gid('Customer', customer.id) };
}

/** The payload of customers/merge. */
export function customersMergedPayload(kept: Customer, deleted: Customer) {
  return {
    admin_graphql_api_customer_kept_id: gid('Customer', kept.id),
    admin_graphql_api_customer_deleted_id: gid('Customer', deleted.id),
    admin_graphql_api_job_id: null,
    status: 'completed',
    errors: [],
  };
}

/** The customer inside an order. */
export function orderCustomer(state: ShopState, customer: Customer) {
  const core = customerCore(state, customer);
  if (!customer.address) return core;
  return { ...core, default_address: customerAddress(customer.address, customer.id, true) };
}

/** An address of an order: no id, but coordinates (unknown here). */
export function orderAddress(address: Address) {
  return {
    first_name: address.firstName,
    address1: address.address1,
    phone: address.phone,
    city: address.city,
    zip: address.zip,
    province: address.province,
    country: address.country,
    last_name: address.lastName,
    address2: address.address2 ?? null,
    company: address.company ?? null,
    latitude: null,
    longitude: null,
    name: `${address.firstName} ${address.lastName}`,
    country_code: address.countryCode,
    province_code: address.provinceCode,
  };
}

function customerCore(state: ShopState, customer: Customer) {
  const zone = state.shop.timeZone;
  return {
    id: customer.id,
    created_at: localTime(customer.createdAt, zone),
    updated_at: localTime(customer.updatedAt, zone),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: customer.state.toLowerCase(),
    note: customer.note,
    verified_email: customer.verifiedEmail,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency: state.shop.currency,
    tax_exemptions: [],
    admin_graphql_api_id: gid('Customer', customer.id),
  };
}

function customerAddress(address: Address, customerId: number, isDefault: boolean) {
  const { latitude: _latitude, longitude: _longitude, ...rest } = orderAddress(address);
  return {
    id: address.id,
    customer_id: customerId,
    ...rest,
    country_name: address.country,
    default: isDefault,
  };
}
