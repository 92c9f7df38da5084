import type { Router } from '../router.ts';
import type { Sandbox } from '../main.ts';

/** Registers the pages for people: admin frame, storefront, checkout, console and the App Bridge stand-in. */
export function registerPages(_router: Router, _sandbox: Sandbox): void {}
