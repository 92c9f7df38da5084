import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { WorldState } from './state.ts';
import type { World } from './world.ts';

const SAVE_EVERY_MS = 3_000;

/**
 * Reads the state from a snapshot file; undefined when there is no path or no file yet. Throws when the file exists
 * but isn't a snapshot of this version: better than silently losing a shop.
 */
export function readSnapshot(path: string | undefined): WorldState | undefined {
  if (!path) return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const value: unknown = JSON.parse(text);
  if (!isWorldState(value))
    throw new Error(`${path} is not a snapshot of this sandbox; remove it to start again`);
  return value;
}

/** Saves the world every few seconds when it changed, and once more on close. Does nothing without a path. */
export function keepSnapshots(world: World, path: string | undefined): { close(): void } {
  if (!path) return { close: () => undefined };
  mkdirSync(dirname(path), { recursive: true });
  let saved = '';
  const save = () => {
    const text = JSON.stringify(world.state);
    if (text === saved) return;
    // Written to a second file and renamed, so that a kill never leaves half a file.
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
    saved = text;
  };
  const timer = setInterval(save, SAVE_EVERY_MS);
  timer.unref();
  return {
    close() {
      clearInterval(timer);
      save();
    },
  };
}

function isWorldState(value: unknown): value is WorldState {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    value.version === 1 &&
    'shops' in value
  );
}
