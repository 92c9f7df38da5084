import fs from 'node:fs';
import path from 'node:path';
import type { Services } from '../services.ts';

const APP = path.resolve(import.meta.dirname, '../../app');
const QUIET_MS = 300;

/** For development: restarts the worker when a source of the app has changed (web does so by itself, through Vite). */
export function restartWorkerOnChange(services: Services): void {
  let timer: NodeJS.Timeout | undefined;
  let restarted = Promise.resolve();
  fs.watch(APP, { recursive: true }, (_event, file) => {
    // The worker doesn't use screens.
    if (!file?.endsWith('.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(() => (restarted = restarted.then(() => services.restartWorker())), QUIET_MS);
  });
}
