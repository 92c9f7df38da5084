import { env } from '#app/env.server.ts';
import { countNationalIdKeys, resealNationalIds } from '#app/modules/customers/reseal-national-ids.server.ts';
import { countChannelKeys, resealChannels } from '#app/modules/messaging/channels/reseal-channels.server.ts';
import { sessionStorage } from '#app/shopify.server.ts';
import { table } from './print.ts';
import type { VerbResult } from './verb.ts';

/**
 * Moves everything that is sealed to the newest key: national IDs, tokens of sessions and of messaging accounts. Exits with 1 while anything is left under
 * another key; taking that key away would lose it.
 */
export async function reseal(): Promise<VerbResult> {
  const newest = env.TOKEN_ENCRYPTION_KEYS[0]?.id ?? '';
  const resealed = {
    nationalIds: await resealNationalIds(),
    sessions: await sessionStorage.resealTokens(),
    channels: await resealChannels(),
  };
  const [nationalIds, sessions, channels] = await Promise.all([
    countNationalIdKeys(),
    sessionStorage.countKeys(),
    countChannelKeys(),
  ]);
  const known = new Set(env.TOKEN_ENCRYPTION_KEYS.map(({ id }) => id));
  const rows = [
    ...new Set([newest, ...known, ...nationalIds.keys(), ...sessions.keys(), ...channels.keys()]),
  ].map((key) => ({
    key,
    nationalIds: nationalIds.get(key) ?? 0,
    sessions: sessions.get(key) ?? 0,
    channels: channels.get(key) ?? 0,
    configured: known.has(key) ? 'yes' : 'no',
  }));
  const left = rows.filter((row) => row.key !== newest && row.nationalIds + row.sessions + row.channels > 0);
  const text = [
    `resealed ${resealed.nationalIds} national IDs and the tokens of ${resealed.sessions} sessions and ${resealed.channels} messaging accounts with the key ${newest}`,
    table(rows, ['key', 'nationalIds', 'sessions', 'channels', 'configured']),
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
