import { registerCustomerControls } from './control/customers.ts';
import { registerCartControls } from './control/carts.ts';
import { registerDiscountControls } from './control/discounts.ts';
import { registerFunctionControls } from './control/functions.ts';
import { registerMailControls } from './control/mails.ts';
import { registerOrderControls } from './control/orders.ts';
import { registerProductControls } from './control/products.ts';
import { registerSegmentControls } from './control/segments.ts';
import { registerThemeControls } from './control/themes.ts';
import { registerTwilioControls } from './control/twilio.ts';
import { registerViews } from './control/views.ts';
import { registerWebhookControls } from './control/webhooks.ts';
import { registerWorldControls } from './control/world.ts';
import type { Sandbox } from './sandbox.ts';
import type { Router } from './router.ts';

/** Registers the control API (`/_control/...`, see README.md), through which a person or a test acts on the world. */
export function registerControlApi(router: Router, sandbox: Sandbox): void {
  registerOrderControls(router, sandbox);
  registerCartControls(router, sandbox);
  registerFunctionControls(router, sandbox);
  registerCustomerControls(router, sandbox);
  registerProductControls(router, sandbox);
  registerDiscountControls(router, sandbox);
  registerSegmentControls(router, sandbox);
  registerWebhookControls(router, sandbox);
  registerWorldControls(router, sandbox);
  registerThemeControls(router, sandbox);
  registerTwilioControls(router, sandbox);
  registerMailControls(router, sandbox);
  registerViews(router, sandbox);
}
