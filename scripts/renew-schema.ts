/**
 * Renews sandbox/shopify/schema/admin-2026-07.json.gz, the Admin schema that the sandbox executes and codegen reads,
 * from Shopify's npm package @shopify/dev-mcp (ISC, see LICENSE.shopify-dev-mcp beside the file).
 *
 *   node scripts/renew-schema.ts                       fetches the package with `npm pack`
 *   node scripts/renew-schema.ts --from FILE.json.gz   takes a file that is already here
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { buildClientSchema, type IntrospectionQuery } from 'graphql';

const PACKAGE = '@shopify/dev-mcp@1.16.0';
const API_VERSION = '2026-07';
const SOURCE = `package/dist/data/admin_${API_VERSION}.json.gz`;
const TARGET = new URL(`../sandbox/shopify/schema/admin-${API_VERSION}.json.gz`, import.meta.url);

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

function fetchFromNpm(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'setia-schema-'));
  try {
    execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder], { stdio: 'inherit' });
    const archive = join(folder, 'package.tgz');
    execFileSync('sh', ['-c', 'mv "$1"/*.tgz "$2"', 'sh', folder, archive]);
    return execFileSync('tar', ['-xzOf', archive, SOURCE], { maxBuffer: 64 * 1024 * 1024 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isIntrospection(value: unknown): value is IntrospectionQuery {
  return typeof value === 'object' && value !== null && '__schema' in value;
}

function renew(source: Buffer): void {
  const parsed: unknown = JSON.parse(gunzipSync(source).toString('utf8'));
  const data = typeof parsed === 'object' && parsed !== null && 'data' in parsed ? parsed.data : parsed;
  const stripped = stripDescriptions(data);
  if (!isIntrospection(stripped)) throw new Error('this is not an introspection result');
  const types = Object.keys(buildClientSchema(stripped, { assumeValid: true }).getTypeMap()).length;
  const packed = gzipSync(JSON.stringify(stripped), { level: 9 });
  writeFileSync(TARGET, packed);
  console.log(`${TARGET.pathname}: ${types} types, ${packed.length} bytes`);
}

if (import.meta.main) {
  const from = process.argv.indexOf('--from');
  const file = from < 0 ? undefined : process.argv[from + 1];
  renew(file ? readFileSync(file) : fetchFromNpm());
}
