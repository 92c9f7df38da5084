/**
 * `npm test`: every check, all of them even when one fails, and a summary of what came of them and where the time went.
 * Further arguments name what to run: `npm test -- lint unit db`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readReports, REPORT_VARIABLE, type FileReport } from './lib/suite-reporter.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Suites that compute run in one Vitest, one after the other; those that start the product have their own. */
const SUITE_RUNS = [['unit', 'db', 'routes', 'contract', 'extensions'], ['scenarios'], ['browser']];
const SUITES = SUITE_RUNS.flat();
/** They mostly wait, for processes to start, to end and to be killed: others compute meanwhile. */
const WAITING = 'scenarios';

const SOURCE_CHECKS_AT_ONCE = 2;
const SLOWEST_FILES = 10;
const LONGEST_COMPLAINT_CHARS = 4000;
const FORMAT_REMEMBERED = ['--cache', '--cache-location', '.cache/prettier', '--cache-strategy', 'content'];

/** A check of the sources, or Vitest with its suites. */
interface Task {
  names: readonly string[];
  /** Arguments of node, for one process after the other. */
  commands: string[][];
}

interface Outcome {
  names: readonly string[];
  ok: boolean;
  seconds: number;
  /** Of the files of test suites. */
  reports: FileReport[];
  /** Of a check of the sources that failed, and of suites that failed without a failed test: the end of what was printed. */
  complaint: string;
}

/** A line of the summary. */
interface Line {
  name: string;
  ok: boolean;
  seconds: number;
  tests?: { passed: number; failed: number; skipped: number };
}

/**
 * The longest first. Format is remembered for the next run of this clone; lint is not, because its findings in one file
 * depend on the types of others, nor are types: TypeScript 7 reports old errors after a JSON file changed.
 */
const SOURCE_CHECKS: Record<string, string[][]> = {
  // The types of the whole tree are in its memory: Node's usual 4 GB are too few.
  lint: [['--max-old-space-size=8192', 'node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']],
  // Surfaces declare unlike elements under the same names: each extension is a program of its own.
  typecheck: [typecheckArguments('.'), ...typedExtensions().map(typecheckArguments)],
  format: [
    ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', ...FORMAT_REMEMBERED, '.'],
  ],
  boundaries: [['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', ...boundaryArguments()]],
  knip: [['node_modules/knip/bin/knip.js', '--no-progress']],
  codegen: [['scripts/codegen.ts', '--check']],
};

/** The extensions with a program of their own. */
function typedExtensions(): string[] {
  const folders = fs.readdirSync(path.join(ROOT, 'extensions')).map((name) => `extensions/${name}`);
  return folders.filter((folder) => fs.existsSync(path.join(ROOT, folder, 'tsconfig.json')));
}

function typecheckArguments(program: string): string[] {
  return ['node_modules/typescript-native/bin/tsc', '--noEmit', '--project', program];
}

function boundaryArguments(): string[] {
  const folders = ['app', 'extensions', 'sandbox', 'scripts', 'prisma', 'bench', 'test', 'server.ts'];
  return [
    '--config',
    '.dependency-cruiser.cjs',
    ...folders.filter((name) => fs.existsSync(path.join(ROOT, name))),
  ];
}

function vitestArguments(suites: readonly string[]): string[] {
  const projects = suites.flatMap((suite) => ['--project', suite]);
  const reporters = ['--reporter=default', '--reporter=./scripts/lib/suite-reporter.ts'];
  return ['node_modules/vitest/vitest.mjs', 'run', ...projects, '--passWithNoTests', ...reporters];
}

/** Runs a task; shows what it prints at once, or `quietly` in one piece at its end. */
async function run({ names, commands }: Task, quietly: boolean): Promise<Outcome> {
  const started = performance.now();
  const reportFile = path.join(reportFolder, `${names.join('-')}.json`);
  const title = `\n== ${names.join(', ')}\n`;
  const printed: Buffer[] = [];
  if (!quietly) process.stdout.write(title);
  let ok = true;
  for (const command of commands) {
    const child = spawn(process.execPath, command, {
      cwd: ROOT,
      env: { ...process.env, [REPORT_VARIABLE]: reportFile },
      stdio: ['ignore', quietly ? 'pipe' : 'inherit', 'pipe'],
    });
    child.stdout?.on('data', (piece: Buffer) => printed.push(piece));
    child.stderr?.on('data', (piece: Buffer) => {
      printed.push(piece);
      if (!quietly) process.stderr.write(piece);
    });
    const [status] = await once(child, 'close');
    ok &&= status === 0;
  }
  const output = Buffer.concat(printed).toString();
  if (quietly) process.stdout.write(`${title}${output}`);
  const seconds = (performance.now() - started) / 1000;
  const reports = readReports(reportFile);
  const isTold = ok || reports.some((report) => !report.ok);
  const complaint = isTold ? '' : output.slice(-LONGEST_COMPLAINT_CHARS);
  return { names, ok, seconds, reports, complaint };
}

/** Checks of the sources read only, so they run side by side, the longest first. */
async function runTogether(tasks: readonly Task[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = queue.shift(); task; task = queue.shift()) outcomes.push(await run(task, true));
  };
  await Promise.all(Array.from({ length: SOURCE_CHECKS_AT_ONCE }, lane));
  return outcomes;
}

/** The suites of a task by their own files; when something else failed in it, such as a set-up, the last one carries it. */
function linesOf({ names, ok, seconds, reports }: Outcome): Line[] {
  if (!names.some((name) => SUITES.includes(name))) return names.map((name) => ({ name, ok, seconds }));
  const lines = names.map((name) => {
    const files = reports.filter(({ suite }) => suite === name);
    const total = (figure: 'seconds' | 'passed' | 'failed' | 'skipped') =>
      files.reduce((sum, file) => sum + file[figure], 0);
    // A file that couldn't even be loaded has no failed test, but is still a failure.
    const failed = files.reduce((sum, file) => sum + Math.max(file.failed, file.ok ? 0 : 1), 0);
    const tests = { passed: total('passed'), failed, skipped: total('skipped') };
    return { name, ok: failed === 0, seconds: names.length === 1 ? seconds : total('seconds'), tests };
  });
  const last = lines.at(-1);
  if (!ok && last && lines.every((line) => line.ok)) {
    last.ok = false;
    last.tests.failed = 1;
  }
  return lines;
}

function describe({ name, ok, seconds, tests }: Line): string {
  const counts = tests
    ? `${tests.passed} passed, ${tests.failed} failed${tests.skipped ? `, ${tests.skipped} skipped` : ''}`
    : '';
  return `  ${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${formatSeconds(seconds)}  ${counts}`;
}

function formatSeconds(seconds: number): string {
  return `${seconds.toFixed(1).padStart(6)} s`;
}

function tasksOf(asked: (name: string) => boolean) {
  const sources = Object.entries(SOURCE_CHECKS).map(([name, commands]) => ({ names: [name], commands }));
  const suites = SUITE_RUNS.map((names) => names.filter(asked)).filter((names) => names.length > 0);
  const runs = suites.map((names) => ({ names, commands: [vitestArguments(names)] }));
  return {
    sources: sources.filter(({ names: [name] }) => name !== undefined && asked(name)),
    waiting: runs.filter(({ names }) => names.includes(WAITING)),
    computing: runs.filter(({ names }) => !names.includes(WAITING)),
  };
}

async function runAll({ sources, waiting, computing }: ReturnType<typeof tasksOf>): Promise<Outcome[]> {
  const isAlone = sources.length + computing.length === 0;
  const waited = Promise.all(waiting.map((task) => run(task, !isAlone)));
  const outcomes = await runTogether(sources);
  outcomes.push(...(await waited));
  for (const task of computing) outcomes.push(await run(task, false));
  return outcomes;
}

const wanted = process.argv.slice(2);
const known = [...Object.keys(SOURCE_CHECKS), ...SUITES];
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}. Known: ${known.join(', ')}.\n`);
  process.exit(2);
}

const startedAt = performance.now();
const reportFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-reports-'));
const outcomes = await runAll(tasksOf((name) => wanted.length === 0 || wanted.includes(name)));
fs.rmSync(reportFolder, { recursive: true, force: true });

const lines = outcomes.flatMap(linesOf).sort((a, b) => known.indexOf(a.name) - known.indexOf(b.name));
const files = outcomes.flatMap(({ reports }) => reports).sort((a, b) => b.seconds - a.seconds);
const passed = lines.reduce((sum, { tests }) => sum + (tests?.passed ?? 0), 0);
const failed = lines.reduce((sum, { tests }) => sum + (tests?.failed ?? 0), 0);
const failures = lines.filter(({ ok }) => !ok).map(({ name }) => name);

process.stdout.write(`\n${lines.map(describe).join('\n')}\n`);
process.stdout.write(`       in all       ${formatSeconds((performance.now() - startedAt) / 1000)}\n`);
if (files.length > 0) {
  const slowest = files
    .slice(0, SLOWEST_FILES)
    .map(({ file, seconds }) => `${formatSeconds(seconds)}  ${file}`);
  process.stdout.write(`\nThe slowest files:\n  ${slowest.join('\n  ')}\n`);
}
// Once more at the end: of a long output, often only that is kept.
for (const { complaint } of outcomes) process.stdout.write(complaint && `\n${complaint}\n`);
for (const { file, failures: failed } of files)
  for (const failure of failed) process.stdout.write(`\n  FAIL ${file} > ${failure}\n`);
process.stdout.write(failures.length > 0 ? `\nFailed: ${failures.join(', ')}\n` : '\nEverything holds.\n');
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failures.length > 0 ? 1 : 0);
