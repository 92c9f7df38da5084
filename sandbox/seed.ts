import type { Address, Collection, Customer, Product, Shop, ShopState } from './state.ts';

const SEEDED_AT = '2026-09-01T02:00:00.000Z';

type ProductSeed = [
  title: string,
  type: string,
  colour: string,
  emblem: string,
  variants: [title: string, sku: string, price: number, grams: number][],
  tags: string[],
];

type CustomerSeed = [
  first: string,
  last: string,
  email: string,
  phone: string | null,
  city: string,
  province: string,
  provinceCode: string,
  zip: string,
];

const DEMO_SHOP: Shop = {
  id: 64_210_000_101,
  domain: 'setia-demo.myshopify.com',
  name: 'Toko Setia',
  email: 'halo@tokosetia.example',
  currency: 'IDR',
  timeZone: 'Asia/Jakarta',
  locale: 'id',
  countryCode: 'ID',
  taxesIncluded: true,
  taxRateBasisPoints: 1100,
  taxTitle: 'PPN',
  moneyFormat: 'Rp {{amount_no_decimals_with_comma_separator}}',
};

const USD_SHOP: Shop = {
  id: 64_210_000_202,
  domain: 'setia-usd.myshopify.com',
  name: 'Setia Supply',
  email: 'hello@setiasupply.example',
  currency: 'USD',
  timeZone: 'America/New_York',
  locale: 'en',
  countryCode: 'US',
  taxesIncluded: false,
  taxRateBasisPoints: 888,
  taxTitle: 'NY Sales Tax',
  moneyFormat: '${{amount}}',
};

/** Prices are whole rupiah here and become minor units (two digits) below. */
const DEMO_PRODUCTS: ProductSeed[] = [
  [
    'Kopi Gayo Arabika 250 g',
    'Coffee',
    '#6f4e37',
    '☕',
    [
      ['Biji', 'KOPI-B', 95_000, 250],
      ['Bubuk', 'KOPI-G', 98_000, 250],
    ],
    ['kopi'],
  ],
  ['Teh Melati Premium', 'Tea', '#7a9e7e', '🍵', [['Default Title', 'TEH-01', 45_000, 100]], ['teh']],
  ['Sambal Roa Manado', 'Food', '#b3392f', '🌶️', [['Default Title', 'SAMBAL-01', 25_000, 150]], ['sambal']],
  [
    'Batik Tulis Parang',
    'Apparel',
    '#4a3f6b',
    '👘',
    [
      ['M', 'BATIK-M', 750_000, 400],
      ['L', 'BATIK-L', 750_000, 420],
    ],
    ['batik'],
  ],
  ['Tas Anyaman Rotan', 'Bags', '#c49a5a', '👜', [['Default Title', 'ROTAN-01', 325_000, 600]], ['rotan']],
  [
    'Sandal Kulit Garut',
    'Shoes',
    '#8a5a3c',
    '👡',
    [
      ['39', 'SANDAL-39', 210_000, 500],
      ['41', 'SANDAL-41', 210_000, 540],
    ],
    ['kulit'],
  ],
  [
    'Kain Tenun Sumba',
    'Textile',
    '#274060',
    '🧣',
    [['Default Title', 'TENUN-01', 1_500_000, 800]],
    ['tenun'],
  ],
  [
    'Kartu Hadiah Toko Setia',
    'Gift Cards',
    '#d8a1a1',
    '🎁',
    [['Default Title', 'GIFT-250', 250_000, 0]],
    ['gift-card'],
  ],
];

const USD_PRODUCTS: ProductSeed[] = [
  ['Gayo Coffee 250 g', 'Coffee', '#6f4e37', '☕', [['Whole bean', 'US-KOPI', 18.5, 250]], ['coffee']],
  ['Rattan Tote', 'Bags', '#c49a5a', '👜', [['Default Title', 'US-ROTAN', 64, 600]], ['rattan']],
  ['Sumba Ikat Throw', 'Textile', '#274060', '🧣', [['Default Title', 'US-TENUN', 149.99, 800]], ['ikat']],
];

/** Titles of the products in each, as seeded above. */
type CollectionSeed = [title: string, products: string[]];

const DEMO_COLLECTIONS: CollectionSeed[] = [
  ['Kopi & Teh', ['Kopi Gayo Arabika 250 g', 'Teh Melati Premium']],
  ['Kerajinan Nusantara', ['Batik Tulis Parang', 'Tas Anyaman Rotan', 'Kain Tenun Sumba']],
  ['Obral', ['Sandal Kulit Garut']],
  ['Segera Hadir', []],
];

const USD_COLLECTIONS: CollectionSeed[] = [
  ['Coffee', ['Gayo Coffee 250 g']],
  ['Handmade', ['Rattan Tote', 'Sumba Ikat Throw']],
];

const DEMO_CUSTOMERS: CustomerSeed[] = [
  [
    'Siti',
    'Rahmawati',
    'siti.rahmawati@example.com',
    '+6281234567801',
    'Bandung',
    'Jawa Barat',
    'JB',
    '40115',
  ],
  ['Budi', 'Santoso', 'budi.santoso@example.com', '+6281234567802', 'Jakarta', 'DKI Jakarta', 'JK', '10220'],
  [
    'Dewi',
    'Lestari',
    'dewi.lestari@example.com',
    '+6281234567803',
    'Yogyakarta',
    'Yogyakarta',
    'YO',
    '55281',
  ],
  ['Agus', 'Wijaya', 'agus.wijaya@example.com', '+6281234567804', 'Surabaya', 'Jawa Timur', 'JI', '60271'],
  ['Made', 'Suartini', 'made.suartini@example.com', '+6281234567805', 'Denpasar', 'Bali', 'BA', '80361'],
  ['Rizky', 'Nasution', 'rizky.nasution@example.com', null, 'Medan', 'Sumatera Utara', 'SU', '20152'],
];

const USD_CUSTOMERS: CustomerSeed[] = [
  ['Putri', 'Hartono', 'putri.hartono@example.com', '+12125550142', 'New York', 'New York', 'NY', '10013'],
  ['Eko', 'Prasetyo', 'eko.prasetyo@example.com', '+12125550143', 'Brooklyn', 'New York', 'NY', '11211'],
];

/** Returns the two shops of the demo (rupiah and dollar) with products and customers. `takeId` assigns every id. */
export function seedShops(takeId: () => number): ShopState[] {
  return [
    seedShop(DEMO_SHOP, DEMO_PRODUCTS, DEMO_CUSTOMERS, takeId),
    seedShop(USD_SHOP, USD_PRODUCTS, USD_CUSTOMERS, takeId),
  ].map((state, index) => ({
    ...state,
    // Last, so that products and customers keep the ids they always had.
    collections: seedCollections(state.products, index === 0 ? DEMO_COLLECTIONS : USD_COLLECTIONS, takeId),
  }));
}

function seedShop(
  shop: Shop,
  products: ProductSeed[],
  customers: CustomerSeed[],
  takeId: () => number,
): Omit<ShopState, 'collections'> {
  return {
    shop: { ...shop },
    products: products.map((seed) => seedProduct(seed, shop, takeId)),
    customers: customers.map((seed) => seedCustomer(seed, shop, takeId)),
    metafieldDefinitions: [],
    orders: [],
    discounts: [],
    tokens: [],
    grantedScopes: null,
    nextOrderNumber: 1001,
  };
}

function seedProduct(seed: ProductSeed, shop: Shop, takeId: () => number): Product {
  const [title, productType, colour, emblem, variants, tags] = seed;
  return {
    id: takeId(),
    title,
    handle: handleOf(title),
    description: `${title}. ${shop.name}.`,
    vendor: shop.name,
    productType,
    tags: [...tags],
    status: 'ACTIVE',
    giftCard: productType === 'Gift Cards',
    image: { colour, emblem },
    variants: variants.map(([variantTitle, sku, price, grams]) => ({
      id: takeId(),
      title: variantTitle,
      sku,
      price: Math.round(price * 100),
      compareAtPrice: null,
      grams,
    })),
    metafields: [],
    createdAt: SEEDED_AT,
    updatedAt: SEEDED_AT,
  };
}

function seedCollections(products: Product[], seeds: CollectionSeed[], takeId: () => number): Collection[] {
  return seeds.map(([title, titles]) => ({
    id: takeId(),
    title,
    handle: handleOf(title),
    productIds: products.filter((product) => titles.includes(product.title)).map(({ id }) => id),
    createdAt: SEEDED_AT,
    updatedAt: SEEDED_AT,
  }));
}

function handleOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function seedCustomer(seed: CustomerSeed, shop: Shop, takeId: () => number): Customer {
  const [firstName, lastName, email, phone, city, province, provinceCode, zip] = seed;
  const address: Address = {
    id: takeId(),
    firstName,
    lastName,
    address1: shop.countryCode === 'ID' ? 'Jl. Merdeka No. 12' : '12 Liberty Street',
    city,
    province,
    provinceCode,
    country: shop.countryCode === 'ID' ? 'Indonesia' : 'United States',
    countryCode: shop.countryCode,
    zip,
    phone,
  };
  return {
    id: takeId(),
    firstName,
    lastName,
    email,
    phone,
    locale: shop.locale,
    note: null,
    tags: [],
    state: 'ENABLED',
    verifiedEmail: true,
    address,
    metafields: [],
    createdAt: SEEDED_AT,
    updatedAt: SEEDED_AT,
  };
}
