/** Folders of this machine in which files of customers lie while they are received, read or written. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** What killed processes leave, by the beginning of its name, and after how long it is no running one's. */
const LEFT_BEHIND_MS = {
  // Its file is written all the while.
  'setia-export-': 3_600_000,
  'setia-upload-': 3_600_000,
  // Written once and read for as long as it takes.
  'setia-import-': 10_800_000,
} as const;

type Prefix = keyof typeof LEFT_BEHIND_MS;

/** Runs `work` with a new folder, which is removed whatever happens. */
export async function withFolder<T>(prefix: Prefix, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), prefix));
  try {
    return await work(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** Removes what killed processes left on this machine. */
export async function removeLeftFolders(): Promise<void> {
  const names = await fs.readdir(os.tmpdir());
  for (const [prefix, age] of Object.entries(LEFT_BEHIND_MS))
    for (const name of names.filter((each) => each.startsWith(prefix)))
      await removeOld(path.join(os.tmpdir(), name), age);
}

/** The clock that files are dated by; tests move that of `Date`. */
const machineNowMs = () => performance.timeOrigin + performance.now();

async function removeOld(folder: string, age: number): Promise<void> {
  const files = await fs.readdir(folder).catch(() => null);
  if (files === null) return;
  const times = await Promise.all(
    [folder, ...files.map((name) => path.join(folder, name))].map((place) =>
      fs.stat(place).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  if (machineNowMs() - Math.max(...times) > age) await fs.rm(folder, { recursive: true, force: true });
}
