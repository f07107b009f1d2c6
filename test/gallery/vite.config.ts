import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** `npx vite test/gallery`: every plot with made-up numbers. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte()],
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite/gallery', import.meta.url)),
  server: { fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] } },
});
