import type { Sandbox } from '../main.ts';
import type { Router } from '../router.ts';

/** Registers the token endpoint. */
export function registerOAuth(_router: Router, _sandbox: Sandbox): void {}
