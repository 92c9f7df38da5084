/** What proves that a form was opened at this shop's page, and when: no one can send one without. */
import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from 'node:crypto';
import { env } from '#app/env.server.ts';

const KEY = Buffer.from(hkdfSync('sha256', env.SHOPIFY_API_SECRET, '', 'application form', 32));
const FORMAT = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,15})\.([0-9a-f]{64})$/;

export interface FormToken {
  /** Of the form: sent twice, it is one application. */
  key: string;
  ageMs: number;
}

/** Makes the token of a form that is opened now. */
export function makeFormToken(shopId: bigint, nowMs = Date.now()): string {
  const text = `${randomUUID()}.${nowMs}`;
  return `${text}.${sign(shopId, text).toString('hex')}`;
}

/** Reads a token; null for one that we didn't make for this shop. */
export function readFormToken(shopId: bigint, token: string, nowMs = Date.now()): FormToken | null {
  const [, key, at, signature] = FORMAT.exec(token) ?? [];
  if (key === undefined || at === undefined || signature === undefined) return null;
  if (!timingSafeEqual(sign(shopId, `${key}.${at}`), Buffer.from(signature, 'hex'))) return null;
  return { key, ageMs: nowMs - Number(at) };
}

const sign = (shopId: bigint, text: string): Buffer =>
  createHmac('sha256', KEY).update(`${shopId}.${text}`).digest();
