import type { Sandbox } from '../../main.ts';
import type { Router } from '../../router.ts';

/** Registers the Admin API. */
export function registerAdminGraphql(_router: Router, _sandbox: Sandbox): void {}
