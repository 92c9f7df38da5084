/** What becomes of an e-mail. Browser and server. */
export const MAIL_STATES = ['waiting', 'sending', 'sent', 'failed', 'unknown', 'unsent'] as const;
/**
 * `unknown`: its text left and no answer came, so it isn't sent again by itself. `unsent`: there is no mail server, the text
 * is for staff to copy.
 */
export type MailState = (typeof MAIL_STATES)[number];

export const MAIL_PROBLEMS = ['recipient', 'sender', 'text', 'unreachable', 'login', 'busy'] as const;
export type MailProblem = (typeof MAIL_PROBLEMS)[number];

export interface MailView {
  mailId: string;
  state: MailState;
  recipient: string;
  subject: string;
  body: string;
  problem: MailProblem | null;
  /** The mail server's own words. */
  serverSaid: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

/** Whether staff may send it again. */
export function canSendAgain(state: MailState): boolean {
  return state === 'failed' || state === 'unknown' || state === 'unsent';
}
