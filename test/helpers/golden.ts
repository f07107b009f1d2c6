import adapters from '../golden/adapters.json' with { type: 'json' };
import lab from '../golden/lab.json' with { type: 'json' };
import lenses from '../golden/lenses.json' with { type: 'json' };
import projection from '../golden/projection.json' with { type: 'json' };
import randomFacts from '../golden/random-facts.json' with { type: 'json' };
import statistics from '../golden/statistics.json' with { type: 'json' };
import threeLanguages from '../golden/three-languages.json' with { type: 'json' };
import training from '../golden/training.json' with { type: 'json' };

/** Numbers of another implementation, by the script of that name; `make_golden.py` makes the other ones. */
export { adapters, lab, lenses, projection, randomFacts, statistics, threeLanguages, training };
