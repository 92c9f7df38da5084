/**
 * What a page has put off, such as Preact's effects, which run after the next frame or 35 ms later where none comes,
 * asks for the window: a file that ended sooner had none any longer, and the run failed without a failed test. So each
 * file with a window waits.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';

/** Longer than what is put off: Node ends timers in the order of their times. */
const LAST_FRAME_MS = 100;

if ('document' in globalThis) afterAll(() => pause(LAST_FRAME_MS));
