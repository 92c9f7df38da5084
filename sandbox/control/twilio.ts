import { z } from 'zod';

import { BadRequest, type Router } from '../router.ts';
import type { Sandbox } from '../sandbox.ts';
import { receiveText, receiverOf } from '../twilio/inbound.ts';
import type { TwilioMessage, TwilioPhone } from '../twilio/state.ts';
import { UnknownError } from '../world.ts';
import { readBody } from './input.ts';

const E164 = z.string().regex(/^\+[1-9]\d{6,14}$/);
const PHONE_STATES = ['on', 'off', 'gone', 'landline'] as const;
const phoneInput = z.object({
  number: E164,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  language: z.string().min(2).max(5).optional(),
  state: z.enum(PHONE_STATES).optional(),
});
/** Without `to` a text answers the last message that the phone got. */
const textInput = z.object({ from: E164, to: z.string().optional(), body: z.string().min(1).max(1_600) });

const LISTED = 200;
const IDLE_MS = 10_000;
const POLL_MS = 10;

/** Registers what a person does with phones, and what Twilio saw. */
export function registerTwilioControls(router: Router, sandbox: Sandbox): void {
  const { world, twilio } = sandbox;

  router.add('GET', '/_control/phones', (exchange) =>
    exchange.sendJson(200, {
      phones: world.twilio.phones.map((phone) => ({
        ...phone,
        isBlocked: world.twilio.blocked.some(({ address }) => address === phone.number),
        messages: messagesOf(world.twilio.messages, phone.number),
      })),
    }),
  );

  router.add('POST', '/_control/phones', async (exchange) => {
    const { number, ...change } = await readBody(exchange, phoneInput);
    const known = world.twilio.phones.find((phone) => phone.number === number);
    const phone: TwilioPhone = {
      number,
      country: change.country ?? known?.country ?? '',
      language: change.language ?? known?.language ?? 'en',
      state: change.state ?? known?.state ?? 'on',
    };
    world.twilio.phones = [...world.twilio.phones.filter((each) => each !== known), phone];
    exchange.sendJson(201, { phone });
  });

  router.add('POST', '/_control/phones/text', async (exchange) => {
    const { from, to, body } = await readBody(exchange, textInput);
    const answered = world.twilio.messages.findLast((each) => each.to === from)?.from;
    const receiver = to ?? answered;
    if (!receiver) throw new BadRequest('to: the phone has no message to answer');
    if (!receiverOf(world, receiver)) {
      // A name, or a number that is no number of Twilio's: nobody hears it.
      return exchange.sendJson(422, { error: `${receiver} takes no answers` });
    }
    exchange.sendJson(201, {
      message: await receiveText(world, twilio.callbacks, { from, to: receiver, body }),
    });
  });
  registerCalls(router, sandbox);
}

/** What Twilio was asked, what it sent, and waiting for it. */
function registerCalls(router: Router, { world, twilio }: Sandbox): void {
  router.add('GET', '/_control/twilio', (exchange) => {
    const { requests, callbacks, messages, accounts, services, numbers, blocked } = world.twilio;
    const newest = <T>(list: T[]): T[] => list.toReversed().slice(0, LISTED);
    exchange.sendJson(200, {
      requests: newest(requests),
      callbacks: newest(callbacks),
      messages: newest(messages),
      accounts: accounts.map(({ authToken: _hidden, ...account }) => account),
      services,
      numbers,
      blocked,
    });
  });

  router.add('POST', '/_control/twilio/callbacks/:id/resend', async (exchange) => {
    const callback = world.twilio.callbacks.find(({ id }) => String(id) === exchange.params['id']);
    if (!callback) throw new UnknownError(`no callback ${exchange.params['id']}`);
    await twilio.callbacks.resend(callback);
    exchange.sendJson(200, { callback });
  });

  // How many messages of the app's each number was sent, all of them.
  router.add('GET', '/_control/twilio/recipients', (exchange) => {
    const numbers = new Map<string, number>();
    for (const { to, direction } of world.twilio.messages)
      if (direction === 'outbound-api') numbers.set(to, (numbers.get(to) ?? 0) + 1);
    exchange.sendJson(200, { numbers: Array.from(numbers, ([to, messages]) => ({ to, messages })) });
  });

  router.add('POST', '/_control/twilio/idle', async (exchange) => {
    const until = Date.now() + IDLE_MS;
    const isIdle = () => twilio.delivery.isIdle() && twilio.callbacks.isIdle();
    while (!isIdle() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    exchange.sendJson(200, { idle: isIdle() });
  });
}

function messagesOf(messages: TwilioMessage[], number: string) {
  return messages
    .filter(({ from, to }) => from === number || to === number)
    .slice(-LISTED)
    .map(({ sid, from, to, body, status, errorCode, createdAt }) => ({
      sid,
      isFromPhone: from === number,
      with: from === number ? to : from,
      body,
      status,
      errorCode,
      createdAt,
    }));
}
