import type { CommandHelp } from './command-help.ts';

export const CACHE_HELP: CommandHelp = {
  about: 'vectors that are kept between runs',
  usage: ['cache [--clear] [--cache DIR]'],
  details: `  A text is encoded once for each model, its files, precision, pooling, prefix, device and version of the runtime. Of the
  texts themselves only half a SHA-256 is kept. The manifest says how many vectors were kept. isogloss cache tells where
  they lie and how much room they take (1 GB at most, the longest unused go first); --clear removes them.`,
};
