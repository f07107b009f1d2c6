import type { FitSettings } from '../../core/adapter.ts';
import { AnalyzerError } from '../../core/errors.ts';

/**
 * Refuses settings that nothing can be learned with.
 *
 * @param d numbers in a vector
 * @throws AnalyzerError `usage`, naming the first
 */
export function refuseSettings({ training, preference }: FitSettings, d: number): void {
  const { rank, steps, batch, patience } = training;
  const counts: [name: string, value: number, least: number, most: number][] = [
    ['rank', rank, 1, d],
    ['number of steps', steps, 1, Infinity],
    ['batch', batch, 2, Infinity],
    ['patience', patience, 1, Infinity],
  ];
  for (const [name, value, least, most] of counts) {
    if (!Number.isInteger(value) || value < least || value > most)
      throw refusal(name, value, `a whole number from ${least}${upTo(most)}`);
  }
  const positive = { 'learning rate': training.learningRate, temperature: training.temperature };
  for (const [name, value] of Object.entries({ ...positive, beta: preference.beta })) {
    if (!(value > 0 && value < Infinity)) throw refusal(name, value, 'a number above 0');
  }
  const { weightDecay, keep, geometry } = training;
  for (const [name, value] of Object.entries({ 'weight decay': weightDecay, keep, geometry })) {
    if (!(value >= 0 && value < Infinity)) throw refusal(name, value, 'a number from 0 on');
  }
}

function upTo(most: number): string {
  return most === Infinity ? ' on' : ` to ${most}, the numbers in a vector`;
}

function refusal(name: string, value: number, wanted: string): AnalyzerError {
  return new AnalyzerError('usage', `The ${name} of the training is ${value}, not ${wanted}.`, {
    hint: 'Correct it, or take the default.',
  });
}
