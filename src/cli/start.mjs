import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, fail, root, say } from './prepare.mjs';
import { serve } from './serve.mjs';

const port = Number(process.env.PORT ?? 4173);
await ensureBuilt('page');
const { url } = await serve(join(root, 'dist/page'), port).catch((error) =>
  fail(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is in use. Stop what uses it, or start with another: PORT=4174 npm start`
      : `The page could not be served: ${error.message}`,
  ),
);
say(`Isogloss is at ${url}  (stop with Ctrl+C)`);
open(url);

function open(address) {
  if (process.env.CI !== undefined || process.env.BROWSER === 'none') return;
  const [command, ...args] = {
    darwin: ['open', address],
    win32: ['cmd', '/c', 'start', '', address],
  }[process.platform] ?? ['xdg-open', address];
  // Where no browser can be opened (a server without a screen) the printed address is enough.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
