/**
 * Compiles the WebAssembly modules and writes their bytes beside them. With `--check` nothing is written; the exit status
 * is 1 when the bytes are not what the source compiles to.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const MODULES = [
  { folder: new URL('.', import.meta.url), name: 'kernel', what: 'the CPU kernels' },
  {
    folder: new URL('../../projection/wasm/', import.meta.url),
    name: 'layout',
    what: 'the layout of a neighbour graph',
  },
];
const OPTIONS = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

async function compile({ folder, name }) {
  const files = new Map();
  const { error, stderr } = await asc.main([`${name}.ts`, ...OPTIONS, '--outFile', 'out.wasm'], {
    readFile: (file) => {
      const path = new URL(`assembly/${file}`, folder);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    writeFile: (file, contents) => void files.set(file, contents),
    listFiles: () => [],
  });
  if (error !== null) throw new Error(stderr.toString(), { cause: error });
  return Buffer.from(files.get('out.wasm'));
}

/** @param {Buffer} bytes */
function moduleText({ name, what }, bytes) {
  return [
    `// Written by build.mjs (npm run kernel) from assembly/${name}.ts; do not edit.`,
    '',
    `/** The WebAssembly module of ${what}, ${bytes.length} bytes in base64. */`,
    `export const ${name.toUpperCase()}_BYTES =`,
    `  '${bytes.toString('base64')}';`,
    '',
  ].join('\n');
}

for (const module of MODULES) {
  const target = new URL(`${module.name}-bytes.ts`, module.folder);
  const text = moduleText(module, await compile(module));
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`${module.name}-bytes.ts is stale: run \`npm run kernel\`.`);
    process.exitCode = 1;
  }
}
