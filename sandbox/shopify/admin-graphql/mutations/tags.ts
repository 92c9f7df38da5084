import type { Customer, Order } from '../../../state.ts';
import { idOf } from '../../../world.ts';
import { customerPayload } from '../../payloads/customer.ts';
import { orderPayload } from '../../payloads/order.ts';
import { tagAnnouncements } from '../../payloads/tags.ts';
import { demandScope } from '../access.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { customerSource } from '../sources/customer.ts';
import { orderSource } from '../sources/order.ts';
import { userError } from '../user-error.ts';
import { findById } from '../../../find-by-id.ts';

const LONGEST_TAG = { customer: 255, order: 40 };
const TAGS_OF_CUSTOMER_MAX = 250;
const CUSTOMER = 'gid://shopify/Customer/';
const ORDER = 'gid://shopify/Order/';

type Tagged = { kind: 'customer'; resource: Customer } | { kind: 'order'; resource: Order };

/** `tagsAdd` on a customer or an order; an existing tag (ignoring case) is left unchanged. */
export function tagsAdd(args: FieldArguments, context: AdminContext): Source {
  return change(args, context, 'tagsAdd', (held, given) => {
    const known = new Set(held.map((tag) => tag.toLowerCase()));
    return [...held, ...given.filter((tag) => !known.has(tag.toLowerCase()))];
  });
}

/** `tagsRemove` on a customer or an order. */
export function tagsRemove(args: FieldArguments, context: AdminContext): Source {
  return change(args, context, 'tagsRemove', (held, given) => {
    const unwanted = new Set(given.map((tag) => tag.toLowerCase()));
    return held.filter((tag) => !unwanted.has(tag.toLowerCase()));
  });
}

function change(
  args: FieldArguments,
  context: AdminContext,
  fieldName: string,
  next: (held: string[], given: string[]) => string[],
): Source {
  const id = String(args.id);
  demandScope(context.scopes, fieldName, id.startsWith(CUSTOMER) ? 'write_customers' : 'write_orders');
  const found = taggedBy(context, id);
  if (!found) return { node: null, userErrors: [userError(['id'], 'Resource does not exist')] };
  const given = namesIn(args.tags);
  const longest = LONGEST_TAG[found.kind];
  if (given.some((tag) => tag === '' || tag.length > longest)) {
    return {
      node: null,
      userErrors: [userError(['tags'], `Tags must be between 1 and ${longest} characters`)],
    };
  }
  const tags = next(found.resource.tags, given);
  if (found.kind === 'customer' && tags.length > TAGS_OF_CUSTOMER_MAX) {
    return { node: null, userErrors: [userError(['tags'], `cannot be more than ${TAGS_OF_CUSTOMER_MAX}`)] };
  }
  const before = found.resource.tags;
  if (tags.length !== found.resource.tags.length) {
    found.resource.tags = tags;
    found.resource.updatedAt = context.world.instant();
    announce(context, found, before);
  }
  return { node: () => sourceOf(context, found), userErrors: [] };
}

/** Commas part tags: one text of three names is three tags. */
function namesIn(tags: unknown): string[] {
  const texts = (Array.isArray(tags) ? tags : []).map(String);
  return texts.flatMap((text) => text.split(',').map((name) => name.trim()));
}

function taggedBy(context: AdminContext, id: string): Tagged | null {
  const number = idOf(id);
  if (id.startsWith(CUSTOMER)) {
    const resource = findById(context.state.customers, number);
    return resource ? { kind: 'customer', resource } : null;
  }
  const resource = id.startsWith(ORDER) ? findById(context.state.orders, number) : undefined;
  return resource ? { kind: 'order', resource } : null;
}

function sourceOf(context: AdminContext, tagged: Tagged): Source {
  return tagged.kind === 'customer'
    ? customerSource(context, tagged.resource)
    : orderSource(context, tagged.resource);
}

function announce(context: AdminContext, tagged: Tagged, before: readonly string[]): void {
  const { world, domain } = context;
  world.announce(
    domain,
    tagged.kind === 'customer'
      ? [
          ...tagAnnouncements(world, tagged.resource, before),
          { topic: 'customers/update', payload: customerPayload(world, domain, tagged.resource) },
        ]
      : [{ topic: 'orders/updated', payload: orderPayload(world, domain, tagged.resource) }],
  );
}
