import adapters from '../golden/adapters.json' with { type: 'json' };
import lenses from '../golden/lenses.json' with { type: 'json' };
import projection from '../golden/projection.json' with { type: 'json' };
import randomFacts from '../golden/random-facts.json' with { type: 'json' };
import statistics from '../golden/statistics.json' with { type: 'json' };
import training from '../golden/training.json' with { type: 'json' };
import threeLanguages from '../golden/three-languages.json' with { type: 'json' };

/** Numbers of another implementation; see golden/make_golden.py, lenses.py, projection.py, adapters.py and training.py. */
export { adapters, lenses, projection, randomFacts, statistics, threeLanguages, training };
