import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type BrowserServer } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PACKAGE_FOLDER = path.resolve(
  path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
  '..',
);

/**
 * Web security stays on, unlike in the package's own flags: the checkout's calls must pass real CORS. The sandbox of
 * Chromium needs kernel rights that containers don't have; it only ever opens our own pages.
 */
const FLAGS = [
  // A headless browser says so in its name, and Shopify's library responds 410 to what it takes for a bot.
  '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36',
  '--no-sandbox',
  '--disable-setuid-sandbox',
  // Nothing here draws in 3D; emulating a graphics card took a third of the time.
  '--disable-gpu',
  '--font-render-hinting=none',
];

/**
 * Starts the Chromium that npm brought along, for every file to connect to (`chromium.connect`); no system package is needed, as root neither. Text is set in the
 * package's Open Sans, so pictures are alike on every machine; the system's fonts only fill in other scripts. The
 * caller closes it.
 */
export async function launchBrowser(): Promise<BrowserServer> {
  const folder = await unpackChromium();
  const executablePath = path.join(folder, 'chromium');
  const env = { ...process.env, FONTCONFIG_FILE: path.join(folder, 'fonts.conf'), HOME: folder };
  const libraries = missesLibraries(executablePath)
    ? { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') }
    : {};
  return chromium.launchServer({ executablePath, args: FLAGS, env: { ...env, ...libraries } });
}

/** Unpacks once for a version, into a name of its own first: test files may come here at the same time. */
async function unpackChromium(): Promise<string> {
  const { version } = JSON.parse(fs.readFileSync(path.join(PACKAGE_FOLDER, 'package.json'), 'utf8'));
  const folder = path.join(ROOT, '.cache', `chromium-${String(version)}`);
  if (fs.existsSync(path.join(folder, 'chromium'))) return folder;
  const unfinished = `${folder}.${process.pid}`;
  fs.mkdirSync(unfinished, { recursive: true });
  // The package unpacks into the system's folder for temporary files, which other users' runs would share.
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = unfinished;
  try {
    const { default: packaged, inflate } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    await inflate(path.join(PACKAGE_FOLDER, 'bin', 'al2023.tar.br'));
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
  fs.writeFileSync(path.join(unfinished, 'fonts.conf'), fontConfiguration(folder));
  if (fs.existsSync(folder)) fs.rmSync(unfinished, { recursive: true });
  else fs.renameSync(unfinished, folder);
  return folder;
}

/** True on machines without the libraries that Chromium links to (nss and others); the package brings those too. */
function missesLibraries(executable: string): boolean {
  return execFileSync('ldd', [executable], { encoding: 'utf8' }).includes('not found');
}

/** The package's own configuration names folders of Amazon's Lambda. */
function fontConfiguration(folder: string): string {
  const alias = (family: string): string =>
    `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  ${['sans-serif', 'serif', 'system-ui', 'Inter', 'Arial', 'Helvetica', 'Roboto'].map(alias).join('\n  ')}
</fontconfig>
`;
}
