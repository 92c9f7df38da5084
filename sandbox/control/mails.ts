import type { Router } from '../router.ts';
import type { Sandbox } from '../sandbox.ts';

const LISTED = 200;

/** Registers what the mail server was sent, the newest first. */
export function registerMailControls(router: Router, { world }: Sandbox): void {
  router.add('GET', '/_control/mails', (exchange) => {
    const to = exchange.url.searchParams.get('to');
    const mails = (world.state.mails ?? []).filter((mail) => to === null || mail.to === to);
    exchange.sendJson(200, { mails: mails.toReversed().slice(0, LISTED) });
  });
}
