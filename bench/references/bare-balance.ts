/**
 * The least that can answer a customer's balance in Node: bare `http`, the token's signature, end and app checked, one
 * prepared statement for account and lots. No rules, rewards, redemptions, claims or tier; no metrics, no CORS.
 */
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import pg from 'pg';

const CONNECTIONS = 16;
const MS_PER_SECOND = 1_000;
const CUSTOMER = /^gid:\/\/shopify\/Customer\/(\d+)$/;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });
const key = createSecretKey(Buffer.from(process.env.SHOPIFY_API_SECRET ?? '', 'utf8'));

const READ = `
  SELECT a.balance, a.held, a.debt, coalesce(sum(l.remaining) FILTER (WHERE l.valid_from <= now() AND (l.expires_at IS NULL OR l.expires_at > now())), 0) AS usable
  FROM shops s JOIN ledger_accounts a ON a.shop_id = s.shop_id AND a.customer_id = $2 AND a.unit = 'POINTS'
    LEFT JOIN ledger_lots l ON l.shop_id = a.shop_id AND l.customer_id = a.customer_id AND l.unit = a.unit AND l.remaining > 0
  WHERE s.domain = $1 GROUP BY a.balance, a.held, a.debt`;

interface Claims {
  dest: string;
  aud: string;
  sub: string;
  exp: number;
}

function readToken(authorization: string): Claims | null {
  const token = authorization.slice('Bearer '.length);
  const end = token.lastIndexOf('.');
  const given = Buffer.from(token.slice(end + 1));
  const expected = Buffer.from(createHmac('sha256', key).update(token.slice(0, end)).digest('base64url'));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims: Claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  const isValid = claims.aud === process.env.SHOPIFY_API_KEY && claims.exp * MS_PER_SECOND > Date.now();
  return isValid ? claims : null;
}

async function answer(req: http.IncomingMessage): Promise<{ status: number; body: string }> {
  const claims = readToken(req.headers.authorization ?? '');
  const [, customerId] = CUSTOMER.exec(claims?.sub ?? '') ?? [];
  if (!claims || customerId === undefined) return { status: 401, body: '' };
  const { rows } = await pool.query({ name: 'read', text: READ, values: [claims.dest, customerId] });
  return { status: 200, body: JSON.stringify(rows[0] ?? {}) };
}

const server = http.createServer((req, res) => {
  answer(req).then(
    ({ status, body }) =>
      res
        .writeHead(status, {
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
        })
        .end(body),
    () => res.writeHead(503, { 'content-length': '0' }).end(),
  );
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
