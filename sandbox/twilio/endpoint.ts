import { answerWithStatus, DEFAULT_DELAY_MS, DEFAULT_TIMEOUT_MS, takeFault } from '../faults.ts';
import type { Exchange, Router } from '../router.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Fault, FaultKind } from '../state.ts';
import type { World } from '../world.ts';
import * as accounts from './accounts.ts';
import { refuse, type Answer, type Call } from './call.ts';
import { findOperation, type Operation } from './description.ts';
import * as messages from './messages.ts';
import * as services from './services.ts';
import type { TwilioAccount } from './state.ts';

const KEPT_REQUESTS = 2_000;
/** What strikes a call as a whole; the others are looked for where they matter. */
const CALL_FAULTS: readonly FaultKind[] = [
  'status429',
  'status500',
  'status503',
  'code',
  'timeout',
  'lostReply',
  'delay',
];

/** The day's file of US numbers that were given up. */
const DEACTIVATIONS = '/_twilio/deactivations/';

type Work = (world: World, call: Call) => Answer | Promise<Answer>;

function workOf(sandbox: Sandbox): Record<string, Work> {
  return {
    CreateMessage: (world, call) => messages.createMessage(world, sandbox.twilio.delivery, call),
    FetchMessage: messages.ofOneMessage,
    UpdateMessage: messages.ofOneMessage,
    DeleteMessage: messages.ofOneMessage,
    ListMessage: messages.listMessages,
    CreateAccount: accounts.createAccount,
    FetchAccount: accounts.ofOneAccount,
    UpdateAccount: accounts.ofOneAccount,
    ListAccount: accounts.listAccounts,
    CreateIncomingPhoneNumber: accounts.createNumber,
    FetchIncomingPhoneNumber: accounts.ofOneNumber,
    UpdateIncomingPhoneNumber: accounts.ofOneNumber,
    ListIncomingPhoneNumber: accounts.listOwnNumbers,
    CreateService: services.createService,
    FetchService: services.ofOneService,
    UpdateService: services.ofOneService,
    DeleteService: services.ofOneService,
    ListService: services.listServices,
    CreatePhoneNumber: services.addNumber,
    ListPhoneNumber: services.listNumbers,
    CreateAlphaSender: services.addAlphaSender,
    ListAlphaSender: services.listAlphaSenders,
    DeleteAlphaSender: services.removeAlphaSender,
    FetchDeactivation: (_world, call) => {
      const location = `${sandbox.origin}${DEACTIVATIONS}${call.query.get('Date') ?? ''}`;
      return { status: 307, body: { redirect_to: location }, headers: { location } };
    },
  };
}

/**
 * Registers Twilio's API. The host of a call is in the header `x-twilio-host`, which the app's client adds when it sends
 * here what is meant for `api.twilio.com`.
 */
export function registerTwilio(router: Router, sandbox: Sandbox): void {
  const work = workOf(sandbox);
  const handle = (exchange: Exchange) => answerCall(sandbox.world, work, exchange);
  for (const path of ['/2010-04-01/*rest', '/v1/*rest']) router.add('*', path, handle);
  // Where Twilio keeps the file; its address is all that is needed.
  router.add('GET', `${DEACTIVATIONS}:day`, (exchange) =>
    exchange.sendText(200, sandbox.world.twilio.deactivated.join('\n')),
  );
}

async function answerCall(world: World, work: Record<string, Work>, exchange: Exchange): Promise<void> {
  const { request, url } = exchange;
  const host = String(request.headers['x-twilio-host'] ?? '');
  const operation = findOperation(host, request.method ?? 'GET', url.pathname);
  if (!operation) return sendAnswer(exchange, refuse(404, 20_404, 'The requested resource was not found'));
  const form = request.method === 'POST' ? await exchange.form() : new URLSearchParams();
  const account = authenticate(world, exchange, operation);
  const fault = account ? takeFault(world, 'twilio', account.sid, [operation.id], CALL_FAULTS) : null;
  const answer = await carryOut(world, { work, exchange, operation, form, account, fault });
  record(world, { exchange, operation, form, account, fault, answer });
  if (fault) return strike(exchange, fault, answer);
  sendAnswer(exchange, answer);
}

interface Asked {
  work: Record<string, Work>;
  exchange: Exchange;
  operation: Operation;
  form: URLSearchParams;
  account: TwilioAccount | null;
  fault: Fault | null;
}

async function carryOut(world: World, asked: Asked): Promise<Answer> {
  const { work, exchange, operation, form, account, fault } = asked;
  if (!account) return refuse(401, 20_003, 'Authenticate');
  if (account.status !== 'active') return refuse(403, 20_005, 'Account not active');
  const isDone = !fault || fault.executes || fault.kind === 'delay' || fault.kind === 'lostReply';
  if (!isDone) return refuse(500, 20_500, 'Internal Server Error');
  const problems = operation.checkRequest(exchange.url.searchParams, form);
  if (problems.length > 0) return refuse(400, 20_001, `sandbox: ${operation.id}: ${problems.join('; ')}`);
  const run = work[operation.id];
  if (!run) return refuse(501, 20_500, `sandbox: ${operation.id} is not simulated`);
  const { pathParams } = operation;
  const { pathname: path, searchParams: query } = exchange.url;
  const answer = await run(world, { operation: operation.id, account, path, pathParams, query, form });
  if (answer.status < 400) operation.checkResponse(answer.status, answer.body);
  return answer;
}

/** The account of the path, if the credentials are its own or its owner's; otherwise that of the credentials. */
function authenticate(world: World, { request }: Exchange, { pathParams }: Operation): TwilioAccount | null {
  const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
  const [sid, token] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const { accounts: known } = world.twilio;
  const caller = known.find((each) => each.sid === sid && each.authToken === token);
  if (scheme !== 'Basic' || !caller) return null;
  const wanted = pathParams['AccountSid'];
  if (wanted === undefined) return caller;
  return known.find((each) => each.sid === wanted && [each.sid, each.ownerSid].includes(caller.sid)) ?? null;
}

function strike(exchange: Exchange, fault: Fault, answer: Answer): void {
  if (fault.kind === 'code') {
    const code = Number(fault.message ?? '21610');
    return sendAnswer(exchange, refuse(400, code, `sandbox: error ${code}`));
  }
  if (fault.kind === 'status429') {
    const { body } = refuse(429, 20_429, 'Too Many Requests');
    return exchange.sendJson(429, body, { 'retry-after': '1' });
  }
  if (answerWithStatus(exchange, fault)) return;
  if (fault.kind === 'lostReply') return void exchange.response.destroy();
  if (fault.kind === 'timeout') {
    const timer = setTimeout(() => exchange.response.destroy(), fault.delayMs ?? DEFAULT_TIMEOUT_MS);
    return void timer.unref();
  }
  setTimeout(() => sendAnswer(exchange, answer), fault.delayMs ?? DEFAULT_DELAY_MS);
}

function sendAnswer(exchange: Exchange, { status, body, headers }: Answer): void {
  if (body === null) exchange.response.writeHead(status, headers).end();
  else exchange.sendJson(status, body, headers ?? {});
}

function record(world: World, asked: Omit<Asked, 'work'> & { answer: Answer }): void {
  const { exchange, operation, form, account, fault, answer } = asked;
  const all = new URLSearchParams([...exchange.url.searchParams, ...form]);
  const { body } = answer;
  const code = typeof body === 'object' && body !== null && 'code' in body ? Number(body.code) : null;
  world.twilio.requests.push({
    at: world.instant(),
    operation: operation.id,
    accountSid: account?.sid ?? '',
    parameters: Object.fromEntries([...new Set(all.keys())].map((name) => [name, all.getAll(name)])),
    status: answer.status,
    code,
    fault: fault?.kind ?? null,
  });
  if (world.twilio.requests.length > KEPT_REQUESTS) world.twilio.requests.shift();
}
