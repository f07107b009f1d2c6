import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { securityHeaders } from './src/cli/headers.mjs';
import { findBrowser } from './test/find-browser.mjs';
import packageJson from './package.json' with { type: 'json' };

const gpuFlags = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const browserFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig(({ isSsrBuild }) => ({
  base: './',
  define: { __ISOGLOSS_VERSION__: JSON.stringify(packageJson.version) },
  // The shell renders reports without a browser: components bring their styles with them.
  plugins: [svelte(isSsrBuild ? { emitCss: false, compilerOptions: { css: 'injected' } } : {})],
  publicDir: isSsrBuild ? false : 'public',
  build: isSsrBuild
    ? {
        outDir: 'dist/cli',
        target: 'node20',
        rollupOptions: { input: ['src/cli/main.ts', 'src/cli/kernels-thread.ts'] },
      }
    : { outDir: 'dist/page', target: 'es2022', chunkSizeWarningLimit: 4000, assetsInlineLimit: 0 },
  worker: { format: 'es' },
  server: { headers: securityHeaders('development') },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/**/*.browser.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        envPrefix: ['VITE_', 'ISOGLOSS_'],
        // Found only while the tests run, they would make the first run load its page anew.
        optimizeDeps: {
          include: [
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js',
            '@tensorflow/tfjs-backend-webgpu/dist/register_all_kernels.js',
            '@tensorflow/tfjs-backend-wasm',
            'fast-check',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findBrowser() ?? '',
                args: [...browserFlags, ...gpuFlags],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
}));
