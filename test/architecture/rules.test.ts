import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the import rules of dependency-cruiser cannot see. */

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));
}

const PURE = ['core', 'metrics', 'io', 'analysis', 'projection', 'compute'];

describe('the tree', () => {
  it('starts workers in one file only', () => {
    const starting = [...filesUnder('src', '.ts'), ...filesUnder('src', '.svelte')].filter((file) =>
      readFileSync(file, 'utf8').includes('new Worker('),
    );
    expect(starting).toEqual([join('src', 'ui', 'workers.ts')]);
  });

  it.each(PURE)('keeps chance and the clock out of src/%s', (folder) => {
    const impure = filesUnder(join('src', folder), '.ts').filter((file) =>
      /Math\.random\(|Date\.now\(|new Date\(\)/.test(readFileSync(file, 'utf8')),
    );
    expect(impure).toEqual([]);
  });

  it('lets components import core, metrics, protocol and their own folder only', () => {
    const wrong = filesUnder('src/ui', '.svelte').flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /from '(\.\.\/\.\.\/[^']+|\.\.\/(?:core|io|encoder|compute|analysis)[^']*)'/g,
        ),
      ]
        .map(([, path]) => path)
        .filter(
          (path) =>
            path.startsWith('../../') && !/^\.\.\/\.\.\/(core|metrics|protocol)\//.test(path),
        )
        .map((path) => `${file} imports ${path}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no unsafe HTML in components', () => {
    const unsafe = filesUnder('src/ui', '.svelte').filter((file) =>
      /\{@html|innerHTML/.test(readFileSync(file, 'utf8')),
    );
    expect(unsafe).toEqual([]);
  });

  it('pins every dependency to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    ) as Record<string, Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('justifies every dependency in CONTRIBUTING.md', () => {
    const guide = readFileSync('CONTRIBUTING.md', 'utf8');
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    ) as Record<string, Record<string, string>>;
    const silent = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !guide.includes(`\`${name}\``),
    );
    expect(silent).toEqual([]);
  });
});
