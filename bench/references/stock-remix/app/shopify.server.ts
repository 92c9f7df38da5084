import '@shopify/shopify-app-remix/adapters/node';
import { PrismaPg } from '@prisma/adapter-pg';
import prismaPackage from '@prisma/client';
import { ApiVersion, AppDistribution, shopifyApp } from '@shopify/shopify-app-remix/server';
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma';

const CONNECTIONS = 16;

export const prisma = new prismaPackage.PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS }),
});

/** As in `app/shopify.server.ts` of Shopify's template for Remix. */
export const { authenticate } = shopifyApp({
  apiKey: process.env.SHOPIFY_API_KEY ?? '',
  apiSecretKey: process.env.SHOPIFY_API_SECRET ?? '',
  apiVersion: ApiVersion.October25,
  scopes: ['read_orders'],
  appUrl: process.env.SHOPIFY_APP_URL ?? '',
  sessionStorage: new PrismaSessionStorage(prisma),
  distribution: AppDistribution.AppStore,
  future: { unstable_newEmbeddedAuthStrategy: true },
});
