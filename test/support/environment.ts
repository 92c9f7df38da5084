/** What app/env.server.ts asks for, with the values of the demo. No secret of anybody's. */
export const TEST_ENVIRONMENT = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  SHOPIFY_API_KEY: 'setia-demo-key',
  SHOPIFY_API_SECRET: 'setia-demo-secret',
  SHOPIFY_APP_URL: 'http://127.0.0.1:3000',
  TOKEN_ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  DATABASE_POOL_MAX: '8',
};
