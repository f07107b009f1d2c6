import lenses from '../golden/lenses.json' with { type: 'json' };
import randomFacts from '../golden/random-facts.json' with { type: 'json' };
import statistics from '../golden/statistics.json' with { type: 'json' };
import threeLanguages from '../golden/three-languages.json' with { type: 'json' };

/** Numbers of another implementation; see golden/make_golden.py and lenses.py. */
export { lenses, randomFacts, statistics, threeLanguages };
