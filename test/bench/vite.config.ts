import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { securityHeaders } from '../../src/cli/headers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The page of the benchmarks, with everything its worker fetches. Not minified: tfjs's threads would break. */
export default defineConfig({
  root: join(import.meta.dirname, 'page'),
  base: './',
  publicDir: false,
  build: {
    outDir: join(root, 'dist/bench-page'),
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8000,
  },
  worker: { format: 'es' },
  preview: { port: 0, host: '127.0.0.1', headers: securityHeaders('development') },
  plugins: [
    {
      name: 'files of the contests',
      closeBundle() {
        const folder = join(root, 'dist/bench-page');
        const copy = (from: string, to: string): void =>
          cpSync(join(root, from), join(folder, to), { recursive: true });
        copy('public/example', 'example');
        for (const variant of ['', '-simd', '-threaded-simd']) {
          const file = `tfjs-backend-wasm${variant}.wasm`;
          copy(`node_modules/@tensorflow/tfjs-backend-wasm/dist/${file}`, `tfjs/${file}`);
        }
      },
    },
  ],
});
