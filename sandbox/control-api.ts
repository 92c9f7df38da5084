import { registerCustomerControls } from './control/customers.ts';
import { registerOrderControls } from './control/orders.ts';
import { registerProductControls } from './control/products.ts';
import { registerViews } from './control/views.ts';
import { registerWebhookControls } from './control/webhooks.ts';
import { registerWorldControls } from './control/world.ts';
import type { Sandbox } from './main.ts';
import type { Router } from './router.ts';

/** Registers the control API (`/_control/...`, see README.md): what a person or a test does to the world. */
export function registerControlApi(router: Router, sandbox: Sandbox): void {
  registerOrderControls(router, sandbox);
  registerCustomerControls(router, sandbox);
  registerProductControls(router, sandbox);
  registerWebhookControls(router, sandbox);
  registerWorldControls(router, sandbox);
  registerViews(router, sandbox);
}
