import { env } from '#app/env.server.ts';
import { countNationalIdKeys, resealNationalIds } from '#app/modules/customers/reseal-national-ids.server.ts';
import {
  countMessagingKeys,
  resealMessaging,
} from '#app/modules/messaging/channels/reseal-messaging.server.ts';
import { sessionStorage } from '#app/shopify.server.ts';
import { table } from './print.ts';
import type { VerbResult } from './verb.ts';

/**
 * Moves everything that is sealed to the newest key: national IDs, tokens of sessions and secrets of messaging. Exits with 1 while anything is left under
 * another key; taking that key away would lose it.
 */
export async function reseal(): Promise<VerbResult> {
  const newest = env.TOKEN_ENCRYPTION_KEYS[0]?.id ?? '';
  const resealed = {
    nationalIds: await resealNationalIds(),
    sessions: await sessionStorage.resealTokens(),
    messaging: await resealMessaging(),
  };
  const [nationalIds, sessions, messaging] = await Promise.all([
    countNationalIdKeys(),
    sessionStorage.countKeys(),
    countMessagingKeys(),
  ]);
  const known = new Set(env.TOKEN_ENCRYPTION_KEYS.map(({ id }) => id));
  const rows = [
    ...new Set([newest, ...known, ...nationalIds.keys(), ...sessions.keys(), ...messaging.keys()]),
  ].map((key) => ({
    key,
    nationalIds: nationalIds.get(key) ?? 0,
    sessions: sessions.get(key) ?? 0,
    messaging: messaging.get(key) ?? 0,
    configured: known.has(key) ? 'yes' : 'no',
  }));
  const left = rows.filter((row) => row.key !== newest && row.nationalIds + row.sessions + row.messaging > 0);
  const text = [
    `resealed ${resealed.nationalIds} national IDs and the tokens of ${resealed.sessions} sessions and ${resealed.messaging} secrets of messaging with the key ${newest}`,
    table(rows, ['key', 'nationalIds', 'sessions', 'messaging', 'configured']),
    left.length === 0
      ? `no other key is in use: once every process runs with ${newest} as its first key, the others can go`
      : `NOT DONE: ${left.map(({ key }) => key).join(', ')} still in use, keep them. What is under a key that is not configured cannot be read.`,
  ].join('\n');
  return {
    exitCode: left.length === 0 ? 0 : 1,
    report: { newest, resealed, keys: rows, isDone: left.length === 0 },
    text,
  };
}
