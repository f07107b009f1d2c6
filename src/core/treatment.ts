/** What is done to the vectors of each language before they are compared. */
export type Treatment = { kind: 'centering' } | { kind: 'lir'; directions: number };

/** Most directions that LIR takes away: beyond, facts go with them. */
export const MOST_DIRECTIONS = 8;

/** The treatment as a label: `language centering`, `LIR, 2 directions`. */
export function treatmentLabel(treatment: Treatment): string {
  if (treatment.kind === 'centering') return 'language centering';
  return `LIR, ${treatment.directions} direction${treatment.directions === 1 ? '' : 's'}`;
}
