import { z } from 'zod';
import { orUpstreamError, twilioClient, type TwilioCredentials } from './client.server.ts';

const DEACTIVATIONS_MS = 60_000;

/** What of a Messaging Service matters to us. */
export interface TwilioService {
  sid: string;
  name: string;
  inboundUrl: string | null;
  /** Texts go to the number's own address instead. */
  usesNumbersInbound: boolean;
  smartEncoding: boolean;
  stickySender: boolean;
  senders: TwilioSender[];
}

export interface TwilioSender {
  /** E.164, or a name. */
  address: string;
  kind: 'number' | 'name';
}

/** The service with its senders. @throws UpstreamError */
export async function readTwilioService(
  credentials: TwilioCredentials,
  serviceSid: string,
): Promise<TwilioService> {
  return orUpstreamError(async () => {
    const context = twilioClient(credentials).messaging.v1.services(serviceSid);
    const [service, numbers, names] = await Promise.all([
      context.fetch(),
      context.phoneNumbers.list(),
      context.alphaSenders.list(),
    ]);
    return {
      sid: service.sid,
      name: service.friendlyName,
      inboundUrl: service.inboundRequestUrl || null,
      usesNumbersInbound: service.useInboundWebhookOnNumber,
      smartEncoding: service.smartEncoding,
      stickySender: service.stickySender,
      senders: [
        ...numbers.map(({ phoneNumber }) => ({ address: phoneNumber, kind: 'number' as const })),
        ...names.map(({ alphaSender }) => ({ address: alphaSender, kind: 'name' as const })),
      ],
    };
  });
}

/**
 * A service of ours: texts come to `inboundUrl`, bodies stay as we wrote them, one person keeps one sender. `name` finds it
 * again after an answer that was lost. @throws UpstreamError
 */
export async function findOrCreateTwilioService(
  credentials: TwilioCredentials,
  { name, inboundUrl }: { name: string; inboundUrl: string },
): Promise<{ sid: string }> {
  return orUpstreamError(async () => {
    const { services } = twilioClient(credentials).messaging.v1;
    const found = (await services.list()).find(({ friendlyName }) => friendlyName === name);
    const { sid } = found ?? (await services.create({ friendlyName: name, ...ourSettings(inboundUrl) }));
    return { sid };
  });
}

/** Makes `name` the service's only name. @throws UpstreamError */
export async function setAlphaSender(
  credentials: TwilioCredentials,
  serviceSid: string,
  name: string,
): Promise<void> {
  await orUpstreamError(async () => {
    const { alphaSenders } = twilioClient(credentials).messaging.v1.services(serviceSid);
    const known = await alphaSenders.list();
    if (!known.some(({ alphaSender }) => alphaSender === name))
      await alphaSenders.create({ alphaSender: name });
    for (const each of known) if (each.alphaSender !== name) await each.remove();
  });
}

/** Sets the addresses and switches of a service as we need them. @throws UpstreamError */
export async function setUpTwilioService(
  credentials: TwilioCredentials,
  serviceSid: string,
  inboundUrl: string,
): Promise<void> {
  await orUpstreamError(() =>
    twilioClient(credentials).messaging.v1.services(serviceSid).update(ourSettings(inboundUrl)),
  );
}

function ourSettings(inboundUrl: string) {
  return {
    inboundRequestUrl: inboundUrl,
    useInboundWebhookOnNumber: false,
    smartEncoding: false,
    stickySender: true,
    usecase: 'marketing',
  };
}

/** A subaccount, with credentials of its own. `name` finds it again after an answer that was lost. @throws UpstreamError */
export async function findOrCreateSubaccount(
  credentials: TwilioCredentials,
  name: string,
): Promise<TwilioCredentials> {
  return orUpstreamError(async () => {
    const { accounts } = twilioClient(credentials).api.v2010;
    const [found] = await accounts.list({ friendlyName: name, status: 'active', limit: 1 });
    const { sid, authToken } = found ?? (await accounts.create({ friendlyName: name }));
    return { accountSid: sid, authToken };
  });
}

/**
 * Closes every subaccount of this name that is not closed yet; Twilio deletes it some weeks later, with its messages and
 * numbers. Returns how many. @throws UpstreamError
 */
export async function closeSubaccounts(credentials: TwilioCredentials, name: string): Promise<number> {
  return orUpstreamError(async () => {
    const found = await twilioClient(credentials).api.v2010.accounts.list({ friendlyName: name });
    const open = found.filter(({ sid, status }) => sid !== credentials.accountSid && status !== 'closed');
    for (const account of open) await account.update({ status: 'closed' });
    return open.length;
  });
}

/**
 * The US numbers that were given up on a day (`YYYY-MM-DD`), in E.164: their next owner agreed to nothing.
 * @throws UpstreamError
 */
export async function readDeactivations(credentials: TwilioCredentials, day: string): Promise<string[]> {
  return orUpstreamError(async () => {
    const asked = { date: new Date(`${day}T00:00:00Z`) };
    const { headers } = await twilioClient(credentials).messaging.v1.deactivations().fetchWithHttpInfo(asked);
    const location = z.object({ location: z.string() }).parse(headers).location;
    const file = await fetch(location, { signal: AbortSignal.timeout(DEACTIVATIONS_MS) });
    if (!file.ok) throw new Error(`the file of deactivations: ${file.status}`);
    return (await file.text())
      .split(/\s+/)
      .filter((line) => /^\+?1\d{10}$/.test(line))
      .map((line) => (line.startsWith('+') ? line : `+${line}`));
  });
}
