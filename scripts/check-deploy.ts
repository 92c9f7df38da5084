/**
 * `npm run check-deploy`, before `shopify app deploy`: what the deploy itself accepts, and what then fails at Shopify or in
 * a shopper's checkout. Reads `.env` and the environment as Shopify's CLI does. Exits with 1 and a line for each problem.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { problemsOfDeploy } from './lib/deploy-problems.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const envFile = path.join(ROOT, '.env');
const variables = fs.existsSync(envFile) ? parseEnv(fs.readFileSync(envFile, 'utf8')) : {};

const problems = await problemsOfDeploy(ROOT, { ...variables, ...process.env });
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log('Nothing stands in the way of `shopify app deploy`.');
process.exit(problems.length === 0 ? 0 : 1);
