/**
 * Compiles assembly/kernel.ts and what it imports to WebAssembly and writes kernel-bytes.ts. With `--check` nothing is written; the exit
 * status is 1 when kernel-bytes.ts is not what the source compiles to.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const FOLDER = new URL('.', import.meta.url);
const TARGET = new URL('kernel-bytes.ts', FOLDER);
const OPTIONS = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

async function compile() {
  const files = new Map();
  const { error, stderr } = await asc.main(['kernel.ts', ...OPTIONS, '--outFile', 'kernel.wasm'], {
    readFile: (name) => {
      const file = new URL(`assembly/${name}`, FOLDER);
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    },
    writeFile: (name, contents) => void files.set(name, contents),
    listFiles: () => [],
  });
  if (error !== null) throw new Error(stderr.toString(), { cause: error });
  return Buffer.from(files.get('kernel.wasm'));
}

/** @param {Buffer} bytes */
function moduleText(bytes) {
  return [
    '// Written by build.mjs (npm run kernel) from assembly/kernel.ts; do not edit.',
    '',
    `/** The WebAssembly module of the CPU kernels, ${bytes.length} bytes in base64. */`,
    'export const KERNEL_BYTES =',
    `  '${bytes.toString('base64')}';`,
    '',
  ].join('\n');
}

const text = moduleText(await compile());
if (!process.argv.includes('--check')) writeFileSync(TARGET, text);
else if (readFileSync(TARGET, 'utf8') !== text) {
  console.error('kernel-bytes.ts is stale: run `npm run kernel`.');
  process.exitCode = 1;
}
