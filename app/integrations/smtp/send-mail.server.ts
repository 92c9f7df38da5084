/** E-mails over SMTP, through the operator's server. */
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { z } from 'zod';
import { env } from '#app/env.server.ts';

export interface OutgoingMail {
  /** Part of the Message-ID: the same e-mail sent again is recognised by its receiver. */
  id: string;
  senderName: string;
  recipient: string;
  subject: string;
  text: string;
}

/** Only `unknown` may have been delivered without our knowing. */
export type MailOutcome =
  | { is: 'sent' }
  /** For good: this address, this sender, or this text. */
  | { is: 'refused'; problem: 'recipient' | 'sender' | 'text'; said: string }
  /** Nothing was sent; another time it may be. */
  | { is: 'later'; problem: 'unreachable' | 'login' | 'busy'; said: string }
  /** The text left and no answer came. */
  | { is: 'unknown' };

/** How the operator's server is reached; null where none is configured. */
export interface SmtpServer {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  login: { user: string; password: string } | null;
  /** The address that e-mails come from. */
  sender: string;
  timeoutMs: number;
}

/** Returns the server of the environment, or null. */
export function smtpServer(): SmtpServer | null {
  const { SMTP_HOST: host, MAIL_FROM: sender, SMTP_USER: user, SMTP_PASSWORD: password } = env;
  if (host === undefined || sender === undefined) return null;
  return {
    host,
    port: env.SMTP_PORT,
    security: env.SMTP_SECURITY,
    login: user === undefined || password === undefined ? null : { user, password },
    sender,
    timeoutMs: env.SMTP_TIMEOUT_MS,
  };
}

const MESSAGE_SAID_MAX = 300;
/** SMTP's words for "not now" (RFC 5321, 4.2.1). */
const isForNow = (code: number): boolean => code >= 400 && code < 500;
const LOGIN_CODES = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);

/**
 * One connection for several e-mails, opened at the first. Each e-mail is sent at most once: after its text has left, a lost
 * answer is `unknown`, and repeating it is not decided here.
 */
export class Mailer {
  readonly #server: SmtpServer;
  #connection: SMTPConnection | null = null;

  constructor(server: SmtpServer) {
    this.#server = server;
  }

  /** Sends one e-mail. Never throws for what the server or the line does. */
  async send(mail: OutgoingMail): Promise<MailOutcome> {
    const { sender } = this.#server;
    const raw = await compose(mail, sender);
    let hasBegun = false;
    // SMTPConnection reads the text only after the server has asked for it.
    const text = new Readable({
      read() {
        hasBegun = true;
        this.push(raw);
        this.push(null);
      },
    });
    try {
      const connection = await this.#open();
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject);
        connection.send({ from: sender, to: [mail.recipient] }, text, (error) => {
          connection.off('error', reject);
          if (error) reject(error);
          else resolve();
        });
      });
      return { is: 'sent' };
    } catch (error) {
      this.#drop();
      return toOutcome(error, hasBegun);
    }
  }

  /** Says goodbye to the server. */
  close(): void {
    this.#connection?.quit();
    this.#connection = null;
  }

  /** Ends a connection that something is wrong with; the next e-mail opens another. */
  #drop(): void {
    this.#connection?.on('error', () => undefined);
    this.#connection?.close();
    this.#connection = null;
  }

  async #open(): Promise<SMTPConnection> {
    if (this.#connection) return this.#connection;
    const { host, port, security, login, timeoutMs } = this.#server;
    const connection = new SMTPConnection({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
    });
    this.#connection = connection;
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => {
        if (error) return reject(error);
        if (!login) return done();
        connection.login({ credentials: { user: login.user, pass: login.password } }, (refused) =>
          refused ? reject(refused) : done(),
        );
      });
      const done = (): void => {
        connection.off('error', reject);
        // A connection that ends between two e-mails is opened again.
        connection.on('error', () => this.#forget(connection));
        connection.once('end', () => this.#forget(connection));
        resolve();
      };
    });
    return connection;
  }

  #forget(connection: SMTPConnection): void {
    if (this.#connection === connection) this.#connection = null;
  }
}

function compose(
  { id, senderName, recipient, subject, text }: OutgoingMail,
  sender: string,
): Promise<Buffer> {
  const host = sender.slice(sender.indexOf('@') + 1);
  return new MailComposer({
    from: { name: senderName, address: sender },
    to: recipient,
    subject,
    text,
    messageId: `<${id}@${host}>`,
    // No answers of holiday notices.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** What nodemailer adds to its errors. */
const smtpError = z
  .object({
    code: z.string().optional(),
    command: z.string().optional(),
    message: z.string().default(''),
    response: z.string().optional(),
    responseCode: z.number().optional(),
  })
  .catch({ message: '' });

function toOutcome(error: unknown, hasBegun: boolean): MailOutcome {
  const { code = '', command, message, response, responseCode } = smtpError.parse(error);
  const said = (response ?? message).slice(0, MESSAGE_SAID_MAX);
  if (responseCode === undefined)
    return hasBegun
      ? { is: 'unknown' }
      : { is: 'later', problem: LOGIN_CODES.has(code) ? 'login' : 'unreachable', said };
  if (LOGIN_CODES.has(code)) return { is: 'later', problem: 'login', said };
  // Also of what a server says when it closes the connection before it has taken anything.
  if (isForNow(responseCode) || (!hasBegun && code !== 'EENVELOPE'))
    return { is: 'later', problem: 'busy', said };
  if (hasBegun) return { is: 'refused', problem: 'text', said };
  return { is: 'refused', problem: command === 'MAIL FROM' ? 'sender' : 'recipient', said };
}
