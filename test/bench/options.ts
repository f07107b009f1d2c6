import { parseArgs } from 'node:util';
import { FULL, MANY_LANGUAGES, QUICK, SUBJECTS, type Sizes, type Subject } from './hold.ts';

export const HELP = `npm run bench -- [options]

Races Isogloss against others on this machine, in Node and in headless Chromium. Nothing is asserted: read the tables.

  --only pair|umap|encode|gpu   one subject; all but gpu when absent
  --gpu                         the contests of a real GPU, in Chromium, instead
  --large                       50 languages; 50,000 points: peak memory and time
  --quick                       tiny sizes: shows that everything runs, says nothing about speed
  --json FILE                   writes every number
  --write                       writes the tables to test/bench/RESULTS.md
`;

export interface Options {
  subjects: Subject[];
  sizes: Sizes;
  large: boolean;
  rounds: number;
  json: string | null;
  write: boolean;
}

/** Rounds that count, beside the cold one. */
const ROUNDS = 5;

/** @throws TypeError about an option that does not exist; RangeError about a subject that does not */
export function readOptions(argv: string[]): Options {
  const { values } = parseArgs({
    args: argv,
    options: {
      only: { type: 'string' },
      gpu: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const { only, gpu, large, quick } = values;
  const chosen = only === undefined ? null : SUBJECTS.find((subject) => subject === only);
  if (chosen === undefined)
    throw new RangeError(`--only ${only} is unknown. Choose one of ${SUBJECTS.join(', ')}.`);
  const all = gpu ? (['gpu'] as const) : (['pair', 'umap', 'encode'] as const);
  const sizes = quick ? QUICK : FULL;
  return {
    subjects: chosen === null ? [...all] : [chosen],
    sizes: large && !quick ? { ...sizes, languages: MANY_LANGUAGES } : sizes,
    large,
    rounds: quick ? 1 : ROUNDS,
    json: values.json ?? null,
    write: values.write,
  };
}
