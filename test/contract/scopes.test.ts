import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { SCOPES } from '#app/integrations/shopify/scopes.ts';

const toml = fs.readFileSync(path.resolve(import.meta.dirname, '../../shopify.app.toml'), 'utf8');

describe('shopify.app.toml', () => {
  it('asks for the scopes that the code says', () => {
    const [, scopes = ''] = /^scopes = "([^"]*)"/m.exec(toml) ?? [];
    expect(scopes.split(',').sort()).toEqual([...SCOPES].sort());
  });

  it('speaks the API version of the code', () => {
    expect(/^api_version = "([^"]*)"/m.exec(toml)?.[1]).toBe(SHOPIFY_API_VERSION);
  });
});
