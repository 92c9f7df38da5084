import type { Sandbox } from './main.ts';
import type { Router } from './router.ts';

/** Registers the control API. */
export function registerControlApi(_router: Router, _sandbox: Sandbox): void {}
