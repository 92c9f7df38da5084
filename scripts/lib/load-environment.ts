/**
 * Loaded before a command for the operator (`node --import`): gives it the environment of `.env`, or else that of the
 * demo that runs on DATA_DIR. Variables that are set already win.
 */
import fs from 'node:fs';
import path from 'node:path';
import { SERVICES_ENV_FILE } from './services-env.ts';

const candidates = ['.env', path.join(process.env.DATA_DIR || '.data', SERVICES_ENV_FILE)];
const file = process.env.DATABASE_URL ? undefined : candidates.find((candidate) => fs.existsSync(candidate));
if (file !== undefined) process.loadEnvFile(file);
