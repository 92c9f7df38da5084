/** What killed processes leave of uploads, imports and exports goes; what running ones use stays. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { removeLeftFolders, withFolder } from '#app/modules/workbooks/left-folders.server.ts';

const HOUR_S = 3_600;
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-left-'));
  vi.stubEnv('TMPDIR', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true });
});

/** A folder, and in it a file of this age. */
function left(name: string, ageHours: number, file: string | null = 'upload'): void {
  const place = path.join(folder, name);
  fs.mkdirSync(place);
  // By the machine's clock, which dates files.
  const at = (performance.timeOrigin + performance.now()) / 1_000 - ageHours * HOUR_S;
  if (file !== null) {
    fs.writeFileSync(path.join(place, file), 'Siti');
    fs.utimesSync(path.join(place, file), at, at);
  }
  fs.utimesSync(place, at, at);
}

test('old folders of each kind go, with or without a file; young ones and those of others stay', async () => {
  left('setia-export-old', 2, 'file');
  left('setia-export-young', 0.5, 'file');
  left('setia-upload-old', 2);
  left('setia-upload-empty', 2, null);
  left('setia-import-read', 2);
  left('setia-import-old', 4);
  left('another-program', 900);
  await removeLeftFolders();
  expect(fs.readdirSync(folder).toSorted()).toEqual([
    'another-program',
    'setia-export-young',
    'setia-import-read',
  ]);
});

test('a folder is gone after its work, also when that fails', async () => {
  const seen: string[] = [];
  const failing = withFolder('setia-import-', async (place) => {
    seen.push(place);
    expect(fs.existsSync(place)).toBe(true);
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  expect(fs.existsSync(seen[0]!)).toBe(false);
});
