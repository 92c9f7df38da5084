import { APP_NAMESPACE } from './app-namespace.ts';
import type { Collection, Metafield, MinorUnits, Product } from '../state.ts';
import { UnknownError, type World } from '../world.ts';
import { productDeletedPayload, productPayload } from './payloads/product.ts';

export type ProductInput = {
  title?: string | undefined;
  status?: Product['status'] | undefined;
  tags?: string[] | undefined;
  /** Ids or handles of every collection the product should be in. */
  collections?: (string | number)[] | undefined;
  /** The app's metafield `$app:loyalty.points`, as the merchant types it on Shopify's product page; null clears it. */
  points?: number | null | undefined;
};

export type NewProduct = { title: string; tags: string[]; price: MinorUnits };

/** Adds a product with one variant: products/create. */
export function createProduct(world: World, domain: string, { title, tags, price }: NewProduct): Product {
  const { shop, products } = world.shop(domain);
  const now = world.instant();
  const id = world.nextId();
  const product: Product = {
    id,
    title,
    handle: `product-${id}`,
    description: `${title}. ${shop.name}.`,
    vendor: shop.name,
    productType: '',
    tags,
    status: 'ACTIVE',
    giftCard: false,
    image: { colour: '#6b7280', emblem: '📦' },
    variants: [
      { id: world.nextId(), title: 'Default Title', sku: `P-${id}`, price, compareAtPrice: null, grams: 0 },
    ],
    metafields: [],
    createdAt: now,
    updatedAt: now,
  };
  products.push(product);
  world.announce(domain, [{ topic: 'products/create', payload: productPayload(world, domain, product) }]);
  return product;
}

/** The app's metafield on the product page. */
const POINTS = { namespace: `${APP_NAMESPACE}--loyalty`, key: 'points', type: 'number_integer' };

/** The text of a product's points metafield; null when it has none. */
export function printedPoints({ metafields }: Product): string | null {
  return metafields.find(isPoints)?.value ?? null;
}

const isPoints = ({ namespace, key }: Metafield): boolean =>
  namespace === POINTS.namespace && key === POINTS.key;

/** Announces that a product has changed now: products/update. */
export function announceProduct(world: World, domain: string, product: Product): void {
  product.updatedAt = world.instant();
  world.announce(domain, [{ topic: 'products/update', payload: productPayload(world, domain, product) }]);
}

/** Changes a product as the merchant would. Throws `UnknownError` when it or a collection doesn't exist. */
export function updateProduct(
  world: World,
  domain: string,
  reference: string | number,
  input: ProductInput,
): Product {
  const product = requireProduct(world, domain, reference);
  const { title, status, tags, collections, points } = input;
  const chosen = collections?.map((each) => requireCollection(world, domain, each));
  if (title !== undefined) product.title = title;
  if (status !== undefined) product.status = status;
  if (tags !== undefined) product.tags = tags;
  if (points !== undefined) printPoints(world, product, points);
  if (chosen) for (const each of world.shop(domain).collections) place(product, each, chosen.includes(each));
  announceProduct(world, domain, product);
  return product;
}

/** Deletes a product: products/delete. Orders keep their lines. */
export function deleteProduct(world: World, domain: string, reference: string | number): Product {
  const state = world.shop(domain);
  const product = requireProduct(world, domain, reference);
  state.products = state.products.filter((each) => each !== product);
  for (const collection of state.collections) place(product, collection, false);
  world.announce(domain, [{ topic: 'products/delete', payload: productDeletedPayload(product) }]);
  return product;
}

function printPoints(world: World, product: Product, points: number | null): void {
  const now = world.instant();
  const held = product.metafields.find(isPoints);
  product.metafields = product.metafields.filter((each) => each !== held);
  if (points === null) return;
  const { id, createdAt } = held ?? { id: world.nextId(), createdAt: now };
  product.metafields.push({ ...POINTS, id, value: String(points), createdAt, updatedAt: now });
}

function place(product: Product, collection: Collection, isIn: boolean): void {
  const others = collection.productIds.filter((id) => id !== product.id);
  if (!isIn) collection.productIds = others;
  else if (others.length === collection.productIds.length) collection.productIds = [...others, product.id];
}

function requireProduct(world: World, domain: string, reference: string | number): Product {
  const product = world.findProduct(domain, reference);
  if (!product) throw new UnknownError(`no product ${reference} in ${domain}`);
  return product;
}

function requireCollection(world: World, domain: string, reference: string | number): Collection {
  const text = String(reference);
  const { collections } = world.shop(domain);
  const found = collections.find(({ id, handle }) => String(id) === text || handle === text);
  if (!found) throw new UnknownError(`no collection ${text} in ${domain}`);
  return found;
}
