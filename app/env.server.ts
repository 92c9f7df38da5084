import { z } from 'zod';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

const loopbackOrigin = z.url().refine((url) => LOOPBACK_HOSTS.has(new URL(url).hostname), {
  message: 'may only point at this machine (127.0.0.1, localhost or [::1])',
});

/** `id:base64[,id:base64]`, each key 32 bytes; the first encrypts, all decrypt. */
const encryptionKeys = z.string().transform((text, context) => {
  const keys = text.split(',').map((pair) => {
    const [id = '', secret = ''] = pair.split(/:(.*)/s);
    return { id: id.trim(), key: Buffer.from(secret, 'base64') };
  });
  for (const { id, key } of keys) {
    if (!/^[\w-]+$/.test(id) || key.length !== 32) {
      context.addIssue('must be id:base64 with 32 bytes each, e.g. k1:$(openssl rand -base64 32)');
      return z.NEVER;
    }
  }
  return keys;
});

const shape = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.string().min(1),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(16),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  SHOPIFY_APP_URL: z.url(),
  TOKEN_ENCRYPTION_KEYS: encryptionKeys,
  SHOPIFY_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  SHOPIFY_SANDBOX_ORIGIN: loopbackOrigin.optional(),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_BASE_URL: loopbackOrigin.optional(),
  TWILIO_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: z.coerce.number().int().min(1).max(65535).default(587),
  SMTP_SECURITY: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  SMTP_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(20_000),
  MAIL_FROM: z.email().optional(),
  APP_BRIDGE_URL: z.url().default('https://cdn.shopify.com/shopifycloud/app-bridge.js'),
  OPERATIONS_TOKEN: z.string().min(16).optional(),
  FILES_DIR: z.string().min(1).default('.data/files'),
  FILES_S3_BUCKET: z.string().optional(),
  FILES_S3_REGION: z.string().default('us-east-1'),
  FILES_S3_ENDPOINT: z.url().optional(),
  FILES_S3_KEY_ID: z.string().optional(),
  FILES_S3_SECRET: z.string().optional(),
});

/** A bucket needs a key, an account its token, a mail server a sender. */
const environmentSchema = shape.superRefine((found, context) => {
  const missing = (name: string) => context.addIssue({ code: 'custom', path: [name], message: 'is missing' });
  if (found.TWILIO_ACCOUNT_SID !== undefined && found.TWILIO_AUTH_TOKEN === undefined)
    missing('TWILIO_AUTH_TOKEN');
  if (found.SMTP_HOST !== undefined) {
    if (found.MAIL_FROM === undefined) missing('MAIL_FROM');
    if (found.SMTP_USER !== undefined && found.SMTP_PASSWORD === undefined) missing('SMTP_PASSWORD');
    if (found.SMTP_SECURITY === 'none' && !LOOPBACK_HOSTS.has(found.SMTP_HOST))
      context.addIssue({
        code: 'custom',
        path: ['SMTP_SECURITY'],
        message: 'may only be none for a server on this machine',
      });
  }
  if (found.FILES_S3_BUCKET === undefined) return;
  for (const name of ['FILES_S3_KEY_ID', 'FILES_S3_SECRET'] as const) {
    if (found[name] === undefined) missing(name);
  }
});

export type Environment = z.infer<typeof environmentSchema>;

/**
 * Reads and checks the environment. Throws an Error whose message names every variable that is missing or wrong
 * and points at `.env.example`.
 */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `  ${name}: ${present[name] === undefined ? 'is missing' : issue.message}`;
  });
  throw new Error(
    `Setia cannot start, the environment is incomplete:\n${problems.join('\n')}\nSee .env.example.`,
  );
}

/** The process's environment, checked once at start. */
export const env: Environment = readEnvironment(process.env);
