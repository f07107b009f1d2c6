import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the import rules of dependency-cruiser cannot see. */

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What components of a folder may import beside their own; dependency-cruiser does not see into them. */
const MAY_IMPORT: Record<string, string[]> = {
  plots: ['core', 'metrics'],
  report: ['core', 'metrics', 'plots'],
  ui: ['core', 'metrics', 'plots', 'report', 'protocol'],
};
const components = Object.keys(MAY_IMPORT).flatMap((folder) =>
  filesUnder(join('src', folder), '.svelte'),
);

const PURE = [
  'core',
  'metrics',
  'io',
  'analysis',
  'adapters',
  'planner',
  'answers',
  'projection',
  'compute',
];

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

  it('lets components import only what their folder may', () => {
    const wrong = components.flatMap((file) => {
      const [, folder] = file.split(sep);
      const allowed = [folder, ...MAY_IMPORT[folder]];
      return [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)]
        .map(([, path]) => relative('src', join(dirname(file), path)))
        .filter((target) => !allowed.includes(target.split(sep)[0]))
        .map((target) => `${file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has no unsafe HTML in components', () => {
    const unsafe = components.filter((file) =>
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
