/**
 * The least that a webhook receiver in Node can do: bare `http`, the HMAC checked, one prepared INSERT a request into a
 * copy of our table, 200 after the commit. No JSON check, no batching, no log.
 */
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import pg from 'pg';

const CONNECTIONS = 16;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });
const key = createSecretKey(Buffer.from(process.env.SHOPIFY_API_SECRET ?? '', 'utf8'));

const INSERT = `
  INSERT INTO webhook_events (shop_id, webhook_id, event_id, topic, api_version, triggered_at, headers, body)
  VALUES (1, $1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`;

async function receive(req: http.IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { headers } = req;
  const given = Buffer.from(String(headers['x-shopify-hmac-sha256'] ?? ''));
  const expected = Buffer.from(createHmac('sha256', key).update(body).digest('base64'));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 401;
  const values = [
    headers['x-shopify-webhook-id'],
    headers['x-shopify-event-id'],
    headers['x-shopify-topic'],
    headers['x-shopify-api-version'],
    headers['x-shopify-triggered-at'],
    JSON.stringify(headers),
    body.toString('utf8'),
  ];
  await pool.query({ name: 'insert-event', text: INSERT, values });
  return 200;
}

const server = http.createServer((req, res) => {
  receive(req).then(
    (status) => res.writeHead(status, { 'content-length': '0' }).end(),
    () => res.writeHead(503, { 'content-length': '0' }).end(),
  );
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
