import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

import { DEFAULT_DELAY_MS, DEFAULT_TIMEOUT_MS, takeFault } from '../faults.ts';
import type { Fault, FaultKind } from '../state.ts';
import type { World } from '../world.ts';
import { SMTP_LOGIN } from './login.ts';

const LARGEST_MAIL_BYTES = 5 * 1024 * 1024;

/** An SMTP reply as smtp-server sends it. */
class SmtpRefusal extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

function strike(world: World, names: string[], kinds: FaultKind[]): Fault | null {
  return takeFault(world, 'smtp', '', names, kinds);
}

/**
 * A mail server on 127.0.0.1 that keeps what it is sent, for the console. Without TLS: the app may only speak to a server on its
 * own machine that way.
 */
export async function startSmtp(
  world: World,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Map<number, Socket>();
  const cut = ({ remotePort }: SMTPServerSession) => sockets.get(Number(remotePort))?.destroy();
  const server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_MAIL_BYTES,
    onConnect(session, callback) {
      const fault = strike(world, [], ['timeout']);
      if (!fault) return callback();
      setTimeout(() => cut(session), fault.delayMs ?? DEFAULT_TIMEOUT_MS).unref();
    },
    onAuth({ username, password }, _session, callback) {
      const isRight = username === SMTP_LOGIN.user && password === SMTP_LOGIN.password;
      if (isRight) callback(null, { user: SMTP_LOGIN.user });
      else callback(new SmtpRefusal(535, 'Authentication failed'));
    },
    onMailFrom(_address, _session, callback) {
      const fault = strike(world, [], ['busy']);
      callback(fault ? new SmtpRefusal(451, fault.message ?? 'Try again later') : null);
    },
    onRcptTo({ address }, _session, callback) {
      const fault = strike(world, [address], ['refused']);
      callback(fault ? new SmtpRefusal(550, fault.message ?? 'No such mailbox') : null);
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const taken = takeMail(world, Buffer.concat(chunks), session, () => cut(session));
        void taken.then(callback, callback);
      });
    },
  });
  server.server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  // A client that disappears is its own affair.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close() {
      for (const socket of sockets.values()) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

/** Keeps an e-mail for the console, unless a fault refuses it. `cut` drops the connection. */
async function takeMail(
  world: World,
  raw: Buffer,
  { envelope }: SMTPServerSession,
  cut: () => void,
): Promise<Error | null> {
  const recipients = envelope.rcptTo.map(({ address }) => address);
  const fault = strike(world, recipients, ['fails', 'lostReply', 'delay']);
  if (fault?.kind === 'fails') return new SmtpRefusal(554, fault.message ?? 'Message refused');
  if (fault?.kind === 'delay') await sleep(fault.delayMs ?? DEFAULT_DELAY_MS);
  const { from, subject = '', text = '', messageId = '' } = await PostalMime.parse(raw);
  for (const to of recipients)
    (world.state.mails ??= []).push({
      id: world.nextId(),
      at: world.instant(),
      messageId,
      from: from?.address ?? '',
      fromName: from?.name ?? '',
      to,
      subject,
      text: text.trimEnd(),
    });
  if (fault?.kind === 'lostReply') cut();
  return null;
}
