/**
 * Preact runs effects after the next frame, or after 35 ms where none comes, and asks for `cancelAnimationFrame` then:
 * a file that ended sooner has no window any longer, and the run failed without a failed test. So each file waits.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';

/** Longer than Preact's: Node ends timers in the order of their times. */
const LAST_FRAME_MS = 100;

afterAll(() => pause(LAST_FRAME_MS));
