import { parseArgs } from 'node:util';
import { FULL, QUICK, type Sizes, type Subject } from './hold.ts';

export const HELP = `npm run bench -- [options] [FILE ...]

Races Isogloss against others on this machine, in Node and in headless Chromium. Nothing is asserted: read the tables.

  --only pair|umap|encode|gpu|draw   one subject; pair, umap and encode when absent
  --gpu                              as --only gpu: a real GPU, in Chromium
  --large                            of pair and umap, the contests that take many minutes instead, in Node: 50
                                     languages, neighbours of 30,000 points, a picture of 50,000 points and its memory
  --quick                            tiny sizes: shows that everything runs, says nothing about speed
  --json FILE                        writes the comparisons of this run by id, each as soon as it is there
  --write                            puts them into test/bench/results.json, where those of other contests stay, and
                                     makes test/bench/RESULTS.md of all
  FILE ...                           with --write: runs nothing, takes the comparisons from files of --json

draw prints frames a second of the map, and keeps nothing.
`;

/** What can be asked for with `--only`. */
const ASKED = ['pair', 'umap', 'encode', 'gpu', 'draw'] as const;
type Asked = (typeof ASKED)[number];

export interface Options {
  asked: Asked[];
  sizes: Sizes;
  large: boolean;
  rounds: number;
  json: string | null;
  write: boolean;
  /** Results to take instead of making some. */
  files: string[];
}

/** Rounds that count, beside the cold one. */
const ROUNDS = 5;

/** @throws TypeError about an option that does not exist; RangeError about what options do not allow */
export function readOptions(argv: string[]): Options {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      gpu: { type: 'boolean', default: false },
      large: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const { large, quick, write } = values;
  if (quick && write)
    throw new RangeError('--quick says nothing about speed: --write keeps none of it.');
  if (positionals.length > 0 && !write)
    throw new RangeError(`${positionals.join(', ')}: files are taken with --write alone.`);
  return {
    asked: values.gpu ? ['gpu'] : askedBy(values.only, large),
    sizes: quick ? QUICK : FULL,
    large,
    rounds: quick ? 1 : ROUNDS,
    json: values.json ?? null,
    write,
    files: positionals,
  };
}

function askedBy(only: string | undefined, large: boolean): Asked[] {
  if (only === undefined) return large ? ['pair', 'umap'] : ['pair', 'umap', 'encode'];
  const chosen = ASKED.find((subject) => subject === only);
  if (chosen === undefined)
    throw new RangeError(`--only ${only} is unknown. Choose one of ${ASKED.join(', ')}.`);
  if (large && chosen !== 'pair' && chosen !== 'umap')
    throw new RangeError(`--large has no contests of ${chosen}. Choose pair or umap.`);
  return [chosen];
}

/** The subjects that stand for what was asked, where a browser and where Node holds contests. */
export function subjectsOf(asked: Asked, large: boolean): { node: Subject[]; browser: Subject[] } {
  switch (asked) {
    case 'pair': {
      const both: Subject[] = ['pair', 'pair-as-shipped'];
      return large ? { node: ['pair-large'], browser: [] } : { node: both, browser: both };
    }
    case 'umap':
    case 'encode':
      return large ? { node: [], browser: [] } : { node: [asked], browser: [asked] };
    case 'gpu':
      return { node: [], browser: [asked] };
    case 'draw':
      return { node: [], browser: [] };
  }
}
