import lab from '../golden/lab.json' with { type: 'json' };
import lenses from '../golden/lenses.json' with { type: 'json' };
import projection from '../golden/projection.json' with { type: 'json' };
import randomFacts from '../golden/random-facts.json' with { type: 'json' };
import statistics from '../golden/statistics.json' with { type: 'json' };
import training from '../golden/training.json' with { type: 'json' };
import threeLanguages from '../golden/three-languages.json' with { type: 'json' };

/** Numbers of another implementation; see golden/make_golden.py, lab.py, lenses.py, projection.py and training.py. */
export { lab, lenses, projection, randomFacts, statistics, threeLanguages, training };
