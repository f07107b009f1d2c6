import { describe, expect, it } from 'vitest';
import { speedLead, type SpeedRow } from '../../src/core/speed.ts';
import { speedsToJson, speedsToMarkdown, speedVerdict } from '../../src/report/speed-report.ts';
import { textsWithin } from '../../src/ui/speed-contestants.ts';

const row = (device: 'webgpu' | 'wasm', rounds: number[], problem = ''): SpeedRow => ({
  task: 'encode',
  device,
  name: device === 'wasm' ? 'CPU (WebAssembly, 2 threads)' : 'WebGPU, NVIDIA Ada',
  cold: rounds.length === 0 ? null : 1,
  rounds,
  problem,
});

const CONTEXT = {
  isogloss: '0.1.0',
  encoder: 'small, fp32',
  texts: 40,
  textsOf: 'the example',
  seed: 1,
};

describe('the faster device', () => {
  it('is the one with the higher median; by how much is the median of the ratios of each round', () => {
    const lead = speedLead([row('wasm', [10, 20, 40]), row('webgpu', [100, 40, 60])], 'encode');
    expect(lead?.winner.device).toBe('webgpu');
    expect(lead?.times).toEqual({ median: 2, low: 1.5, high: 10 });
  });

  it('is nobody with one device, none measured, or another task', () => {
    expect(speedLead([row('wasm', [1])], 'encode')).toBeNull();
    expect(speedLead([row('wasm', [1]), row('webgpu', [], 'There is none.')], 'encode')).toBeNull();
    expect(speedLead([row('wasm', [1]), row('webgpu', [2])], 'layout')).toBeNull();
  });

  it('is said with the spread of the rounds', () => {
    expect(speedVerdict([row('wasm', [10, 20, 40]), row('webgpu', [100, 40, 60])])).toBe(
      'For these texts WebGPU, NVIDIA Ada is 2 times as fast as CPU (WebAssembly, 2 threads) (over 3 rounds: 1.5 to 10).',
    );
  });

  it('is not claimed where the other one led in some round', () => {
    expect(speedVerdict([row('wasm', [10, 20, 40]), row('webgpu', [9, 40, 60])])).toMatch(
      /^For these texts neither .* is faster in every round \(over 3 rounds: 0\.9 to 2\)\.$/,
    );
  });
});

describe('copies of the speeds', () => {
  const rows = [row('wasm', [10, 20, 40]), row('webgpu', [], 'The driver is too old.')];

  it('hold every round, and why there is none, as JSON', () => {
    const copy = JSON.parse(speedsToJson(rows, CONTEXT));
    expect(copy.rows).toEqual(rows);
    expect([copy.encoder, copy.verdict]).toEqual(['small, fp32', '']);
  });

  it('are a Markdown table with one line for each device', () => {
    const lines = speedsToMarkdown(rows, CONTEXT).split('\n');
    expect(lines).toContain(
      '| Encoding texts | CPU (WebAssembly, 2 threads) | 20 | 10 | 40 | 1 | texts/s |',
    );
    expect(lines.join('\n')).toContain(
      'WebGPU, NVIDIA Ada: The driver is too old. | – | – | – | –',
    );
  });
});

describe('texts of a round', () => {
  it('are as many as fit the characters, but eight at least', () => {
    const texts = Array.from({ length: 20 }, () => 'x'.repeat(10));
    expect(textsWithin(texts, 125)).toHaveLength(12);
    expect(textsWithin(texts, 0)).toHaveLength(8);
    expect(textsWithin(texts, Infinity)).toHaveLength(20);
  });
});
