import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own whose name has spaces and letters beyond ASCII. */
export const scratch = mkdtempSync(join(tmpdir(), 'isogloss cli é-'));

/** Runs the shell command as a user would. */
export function isogloss(...args: string[]): {
  code: number;
  out: string;
  sentence: string;
  lines: string[];
  seconds: number;
} {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/cli/isogloss.mjs', ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1e8,
      // A thread that nobody ends would hold the program up for ever.
      timeout: 120_000,
      // Vectors that one test keeps are not there for the next run of all tests.
      env: { ...process.env, XDG_CACHE_HOME: join(scratch, 'cache') },
    },
  );
  const lines = stderr.trim().split('\n');
  return {
    code: status ?? -1,
    out: stdout,
    sentence: lines.find((line) => line.startsWith('isogloss: ')) ?? '',
    lines,
    seconds: (performance.now() - started) / 1000,
  };
}

/** A file in the scratch folder; answers its path. */
export function write(name: string, content: string | Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

/** Five facts in English, German and Swahili. */
export const FACTS = [
  'id,eng_Latn,deu_Latn,sw',
  'a,The boat lies in the harbour.,Das Boot liegt im Hafen.,Mashua iko bandarini.',
  'b,The mountain is covered with snow.,Der Berg ist mit Schnee bedeckt.,Mlima umefunikwa na theluji.',
  'c,Bread is baked in an oven.,Brot wird im Ofen gebacken.,Mkate huokwa kwenye tanuri.',
  'd,The school opens at eight.,Die Schule öffnet um acht.,Shule hufunguliwa saa mbili.',
  'e,Bees make honey.,Bienen machen Honig.,Nyuki hutengeneza asali.',
].join('\n');
