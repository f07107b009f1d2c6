import type { LinearMap } from '../../core/adapter.ts';

/** The map of a language at a strength; what strengths share was made once. */
export type MapAt = (strength: number) => Promise<LinearMap>;

export const CENTERING_ALONE: LinearMap = { kind: 'identity' };

/**
 * Smallest share of a spectral norm that is added in place of 0: the limit from above, where directions about which the
 * facts say nothing stay as they are.
 */
export const LIMIT = 1e-6;
