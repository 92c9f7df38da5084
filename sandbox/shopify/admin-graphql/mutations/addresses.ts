import type { Address, Customer } from '../../../state.ts';
import { gid, idOf } from '../../../world.ts';
import { addressesOf } from '../../customer-parts.ts';
import { updateCustomer } from '../../customers.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { addressSource, customerSource } from '../sources/customer.ts';
import { userError } from '../user-error.ts';
import { addressInput, readAddress } from './address-input.ts';
import { findById } from '../../../find-by-id.ts';

/** `customerAddressCreate`: the first address is the default one, others when they are asked to be. */
export function customerAddressCreate(args: FieldArguments, context: AdminContext): Source {
  const customer = customerOf(context, args);
  if (!customer) return refused('address', ['customerId'], 'Customer does not exist');
  const address = readAddress(context, customer, addressInput.parse(args.address), ['address']);
  if ('message' in address) return { address: null, userErrors: [address] };
  store(
    context,
    customer,
    [...addressesOf(customer), address],
    args.setAsDefault === true ? address.id : null,
  );
  return { address: () => addressSource(address), userErrors: [] };
}

/** `customerAddressUpdate`: the fields that are sent; the others stay. */
export function customerAddressUpdate(args: FieldArguments, context: AdminContext): Source {
  const customer = customerOf(context, args);
  if (!customer) return refused('address', ['customerId'], 'Customer does not exist');
  if (!addressOf(customer, args)) return refused('address', ['addressId'], 'Address does not exist');
  const input = { ...addressInput.parse(args.address), id: String(args.addressId) };
  const address = readAddress(context, customer, input, ['address']);
  if ('message' in address) return { address: null, userErrors: [address] };
  const addresses = addressesOf(customer).map((each) => (each.id === address.id ? address : each));
  store(context, customer, addresses, args.setAsDefault === true ? address.id : null);
  return { address: () => addressSource(address), userErrors: [] };
}

/** `customerUpdateDefaultAddress` */
export function customerUpdateDefaultAddress(args: FieldArguments, context: AdminContext): Source {
  const customer = customerOf(context, args);
  if (!customer) return refused('customer', ['customerId'], 'Customer does not exist');
  const address = addressOf(customer, args);
  if (!address) return refused('customer', ['addressId'], 'Address does not exist');
  store(context, customer, addressesOf(customer), address.id);
  return { customer: () => customerSource(context, customer), userErrors: [] };
}

/** `customerAddressDelete`: the default one only as the last (that others keep a default is our reading). */
export function customerAddressDelete(args: FieldArguments, context: AdminContext): Source {
  const customer = customerOf(context, args);
  if (!customer) return refused('deletedAddressId', ['customerId'], 'Customer does not exist');
  const address = addressOf(customer, args);
  if (!address) return refused('deletedAddressId', ['addressId'], 'Address does not exist');
  const others = addressesOf(customer).filter((each) => each !== address);
  if (customer.address === address && others.length > 0)
    return refused('deletedAddressId', ['addressId'], 'Cannot delete the default address');
  store(context, customer, others, null);
  return { deletedAddressId: gid('MailingAddress', address.id), userErrors: [] };
}

function refused(result: string, field: string[], message: string): Source {
  return { [result]: null, userErrors: [userError(field, message)] };
}

function customerOf({ state }: AdminContext, { customerId }: FieldArguments): Customer | undefined {
  return findById(state.customers, idOf(String(customerId)));
}

function addressOf(customer: Customer, { addressId }: FieldArguments): Address | undefined {
  return addressesOf(customer).find(({ id }) => id === idOf(String(addressId)));
}

function store(
  { world, domain }: AdminContext,
  customer: Customer,
  addresses: Address[],
  defaultId: number | null,
): void {
  const wanted = defaultId ?? customer.address?.id;
  const address = addresses.find(({ id }) => id === wanted) ?? addresses[0] ?? null;
  const otherAddresses = addresses.filter((each) => each !== address);
  updateCustomer(world, domain, customer.id, { address, otherAddresses });
}
