/** Serves the build of this folder as `remix-serve` would: Express in front of Remix. */
import path from 'node:path';
import { createRequestHandler } from '@remix-run/express';
import express from 'express';

const app = express();
app.disable('x-powered-by');
app.all(
  '*',
  createRequestHandler({
    build: await import(path.join(import.meta.dirname, 'build/server/index.js')),
    mode: 'production',
  }),
);
app.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
