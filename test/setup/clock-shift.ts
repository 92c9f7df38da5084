/**
 * TEST_CLOCK_SHIFT_DAYS=400 lets a suite run on another day: this process's `Date`, that of the Node processes it
 * starts, and the clock of its connections to the template's clones (`addShiftableClock`) are that number of days
 * ahead. Loaded before every test file, and by Node itself (`--import`) in child processes.
 */
import { pathToFileURL } from 'node:url';

const DAY_MS = 86_400_000;
const HOURS_PER_DAY = 24;
const SHIFTED = Symbol.for('setia.test-clock-is-shifted');

const shiftDays = Number(process.env.TEST_CLOCK_SHIFT_DAYS ?? 0);
if (!Number.isInteger(shiftDays)) throw new Error('TEST_CLOCK_SHIFT_DAYS must be a whole number of days');
if (shiftDays !== 0 && !(SHIFTED in globalThis)) {
  Object.defineProperty(globalThis, SHIFTED, { value: true });
  shiftDate(shiftDays * DAY_MS);
  shiftChildProcesses();
  shiftConnections(shiftDays * HOURS_PER_DAY);
}

function shiftDate(shiftMs: number): void {
  const machineNow = Date.now.bind(Date);
  const now = (): number => machineNow() + shiftMs;
  Date.now = now;
  const shifted = new Proxy(Date, {
    construct: (target, given, self) => Reflect.construct(target, given.length === 0 ? [now()] : given, self),
    apply: () => new Date(now()).toString(),
  });
  Object.defineProperty(Date.prototype, 'constructor', { value: shifted });
  globalThis.Date = shifted;
}

function shiftChildProcesses(): void {
  const flag = `--import ${pathToFileURL(import.meta.filename).href}`;
  const given = process.env.NODE_OPTIONS ?? '';
  if (!given.includes(flag)) process.env.NODE_OPTIONS = `${given} ${flag}`.trim();
}

/** Sent by node-postgres when it connects: our clock comes first in the search path, and its offset. */
function shiftConnections(hours: number): void {
  process.env.PGOPTIONS = `-c search_path=public,pg_catalog -c setia.test_clock_shift=${hours}h`;
}
