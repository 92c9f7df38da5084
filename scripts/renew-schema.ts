/**
 * Renews the Admin schemas, and those of our Functions, in sandbox/shopify/schema from Shopify's npm package @shopify/dev-mcp (ISC, see
 * LICENSE.shopify-dev-mcp beside them): the one of our API version, which the sandbox executes and codegen reads, and the
 * one of the next, against which a test holds what we use. Fetches the package with `npm pack`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { buildClientSchema, type IntrospectionQuery } from 'graphql';

import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { NEXT_API_VERSION } from './lib/admin-schema.ts';

const PACKAGE = '@shopify/dev-mcp@1.16.0';

/** Prose and internal marks. What decides about access (requiredAccess, isProtected, protected*) stays. */
const DROPPED = new Set([
  'description',
  'componentName',
  'isPrivatelyDocumented',
  'accessRestricted',
  'accessRestrictedReason',
]);

/** A copy of an introspection result without descriptions and without marks that say nothing. */
function stripDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripDescriptions);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) =>
      !DROPPED.has(key) &&
      !(key === 'requiredAccess' && inner === null) &&
      !(key.startsWith('protected') && inner === null) &&
      !(key === 'isProtected' && inner === false),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, stripDescriptions(inner)]));
}

/** Files of the package, and where their schema goes. */
const FILES: readonly [source: string, target: string][] = [
  [`admin_${SHOPIFY_API_VERSION}`, `admin-${SHOPIFY_API_VERSION}`],
  [`admin_${NEXT_API_VERSION}`, `admin-${NEXT_API_VERSION}`],
  [`functions_discount_${SHOPIFY_API_VERSION}`, `functions-discount-${SHOPIFY_API_VERSION}`],
  [
    `functions_cart_checkout_validation_${SHOPIFY_API_VERSION}`,
    `functions-validation-${SHOPIFY_API_VERSION}`,
  ],
];

/** Downloads the package and returns its schemas. */
function fetchFromNpm(): { target: string; source: Buffer }[] {
  const folder = mkdtempSync(join(tmpdir(), 'setia-schema-'));
  try {
    execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], { stdio: 'inherit' });
    const archive = join(folder, 'package.tgz');
    execFileSync('sh', ['-c', 'mv "$1"/*.tgz "$2"', 'sh', folder, archive]);
    return FILES.map(([name, target]) => ({
      target,
      source: execFileSync('tar', ['-xzOf', archive, `package/dist/data/${name}.json.gz`], {
        maxBuffer: 64 * 1024 * 1024,
      }),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isIntrospection(value: unknown): value is IntrospectionQuery {
  return typeof value === 'object' && value !== null && '__schema' in value;
}

function renew(name: string, source: Buffer): void {
  const parsed: unknown = JSON.parse(gunzipSync(source).toString('utf8'));
  const data = typeof parsed === 'object' && parsed !== null && 'data' in parsed ? parsed.data : parsed;
  const stripped = stripDescriptions(data);
  if (!isIntrospection(stripped)) throw new Error('this is not an introspection result');
  const types = Object.keys(buildClientSchema(stripped, { assumeValid: true }).getTypeMap()).length;
  const packed = gzipSync(JSON.stringify(stripped), { level: 9 });
  const target = new URL(`../sandbox/shopify/schema/${name}.json.gz`, import.meta.url);
  writeFileSync(target, packed);
  console.log(`${target.pathname}: ${types} types, ${packed.length} bytes`);
}

if (import.meta.main) for (const { target, source } of fetchFromNpm()) renew(target, source);
