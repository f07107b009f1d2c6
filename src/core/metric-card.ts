import type { MatrixId } from './report.ts';

export type MetricFamily =
  | 'Cosines'
  | 'Retrieval'
  | 'Margins'
  | 'Within the language'
  | 'Structure'
  | 'Hubness'
  | 'Language bias (FaMSS)';

/** What is printed wherever a metric's name stands, and how its matrix is read. */
export interface MetricCard {
  id: MatrixId;
  family: MetricFamily;
  name: string;
  /** Quantity with its unit, for axes. */
  quantity: string;
  direction: 'higher is closer' | 'lower is closer';
  /** The formula in words and symbols, with range, chance and ties. */
  definition: string;
  source: string;
  /** False when row -> column differs from column -> row. */
  symmetric: boolean;
  /** How its 95 % interval is found, see `core/statistics.ts`; null for none. */
  interval: 'bootstrap over facts' | 'bootstrap over facts, linearized' | 'Wilson' | null;
  /** What unrelated renderings have: marks of significance are held against it; null where it is not known. */
  chance: number | 'one in n' | null;
  /** Changes with the number of facts alone: values on unequal numbers must not be ranked. */
  dependsOnFacts: boolean;
  /** What a language has with itself; null where that depends on the language. */
  self: number | null;
  /** What colours are read against; null for the least or the largest value that occurs. */
  ends: readonly [low: number | null, high: number | null];
}

/** A card that stands under its family's name. */
export type FamilyCard = Omit<MetricCard, 'family'>;

/** The three ways most metrics are read. */
export const SHARE = {
  direction: 'higher is closer',
  dependsOnFacts: true,
  self: 1,
  ends: [0, 1],
} as const;
export const CLOSENESS = {
  direction: 'higher is closer',
  dependsOnFacts: false,
  self: 1,
  ends: [null, null],
} as const;
export const DISTANCE = {
  direction: 'lower is closer',
  dependsOnFacts: false,
  self: 0,
  ends: [0, null],
} as const;
