import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, root } from '../../src/cli/prepare.mjs';

/** `npm run bench`: installs what is missing, builds the harness as the shell command is built, and runs it. */

ensureInstalled();
const { build } = await import('vite');
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  build: {
    ssr: true,
    outDir: join(root, 'dist/bench'),
    target: 'node20',
    rollupOptions: {
      input: [join(root, 'test/bench/main.ts'), join(root, 'src/cli/kernels-thread.ts')],
    },
    chunkSizeWarningLimit: 8000,
  },
});
const program = join(root, 'dist/bench/main.js');
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
