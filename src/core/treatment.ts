/** What is done to the vectors of each language before they are compared. */
export type Treatment = { kind: 'centering' } | { kind: 'lir'; directions: number };

/** Most directions that LIR takes away: beyond, facts go with them. */
export const MOST_DIRECTIONS = 8;

/** What is to be known before a treated run is read. */
export const TREATMENT_NOTICE =
  'The treatment took its means or directions from the compared facts themselves, as the papers do: with few facts that flatters the result, and cosines mean something else than before it. Read retrieval.';

/** The treatment as a label: `language centering`, `LIR, 2 directions`. */
export function treatmentLabel(treatment: Treatment): string {
  if (treatment.kind === 'centering') return 'language centering';
  return `LIR, ${treatment.directions} direction${treatment.directions === 1 ? '' : 's'}`;
}
