/** The environment app/env.server.ts needs, with the values of the demo. No real secrets. */
export const TEST_ENVIRONMENT = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  SHOPIFY_API_KEY: 'setia-demo-key',
  SHOPIFY_API_SECRET: 'setia-demo-secret',
  SHOPIFY_APP_URL: 'http://127.0.0.1:3000',
  TOKEN_ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  DATABASE_POOL_MAX: '8',
  OPERATIONS_TOKEN: 'the-operations-token-of-tests',
};
