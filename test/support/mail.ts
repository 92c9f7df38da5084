/** The sandbox's mail server as the app's. Call before anything of the app is loaded. */
import { SMTP_LOGIN } from '#sandbox/mail/login.ts';
import type { TestSandbox } from './sandbox.ts';

/** Points the app's environment at it. */
export function useMailOf(sandbox: TestSandbox): void {
  Object.assign(process.env, {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(sandbox.smtpPort),
    SMTP_SECURITY: 'none',
    SMTP_USER: SMTP_LOGIN.user,
    SMTP_PASSWORD: SMTP_LOGIN.password,
    SMTP_TIMEOUT_MS: '1000',
    MAIL_FROM: 'club@setia.example',
  });
}
