import type { ModelFolder } from '../../src/core/encoder.ts';
import { seededRandom } from '../../src/core/random.ts';
import { message, node, tensor, valueInfo, type Field } from './onnx.ts';

/** The shape of MiniLM-L12, the smallest encoder of the hub that reads many languages. */
const SHAPE = { layers: 12, width: 384, heads: 12, hidden: 1536, positions: 512 };

/** Rows of the piece table; ids are taken modulo. A lookup costs the same in a table of any size. */
const TABLE = 4096;

/**
 * A model folder with an encoder of a hub encoder's shape, random weights and the tokenizer of another folder, for
 * measuring speed only: the vectors of real encoders take as long, but mean something. `q8` has its products in 8-bit
 * integers whose scale is found at run time, as the hub's quantized exports do. Always the same bytes.
 */
export function randomEncoder(dtype: 'fp32' | 'q8', tokenizer: ModelFolder): ModelFolder {
  const config = {
    model_type: 'bert',
    hidden_size: SHAPE.width,
    num_hidden_layers: SHAPE.layers,
    num_attention_heads: SHAPE.heads,
    max_position_embeddings: SHAPE.positions,
  };
  const limits = JSON.parse(new TextDecoder().decode(tokenizer['tokenizer_config.json'])) as object;
  const json = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  return {
    'config.json': json(config),
    'tokenizer.json': tokenizer['tokenizer.json'],
    'tokenizer_config.json': json({ ...limits, model_max_length: SHAPE.positions }),
    [dtype === 'fp32' ? 'onnx/model.onnx' : 'onnx/model_quantized.onnx']: new Graph(dtype).bytes(),
  };
}

/** Nodes and weights in the order in which they are added; every method answers the name of its result. */
class Graph {
  #nodes: Field[] = [];
  #weights: Field[] = [];
  #random = seededRandom(1);
  #count = 0;
  #dtype: 'fp32' | 'q8';

  constructor(dtype: 'fp32' | 'q8') {
    this.#dtype = dtype;
  }

  bytes(): Uint8Array {
    let states = this.#embeddings();
    const mask = this.#maskBias();
    for (let layer = 0; layer < SHAPE.layers; layer++) {
      states = this.#norm(this.#op('Add', states, this.#attention(states, mask)));
      states = this.#norm(this.#op('Add', states, this.#feedForward(states)));
    }
    this.#nodes.push([1, node('Identity', [states], ['last_hidden_state'])]);
    const ids = ['texts', 'tokens'];
    const graph = message([
      ...this.#nodes,
      [2, 'random encoder'],
      ...this.#weights,
      [11, valueInfo('input_ids', 'int64', ids)],
      [11, valueInfo('attention_mask', 'int64', ids)],
      [12, valueInfo('last_hidden_state', 'float', [...ids, SHAPE.width])],
    ]);
    return message([
      [1, 8],
      [7, graph],
      [8, message([[2, 17]])],
    ]);
  }

  #op(type: string, ...inputs: string[]): string {
    return this.#node(type, inputs);
  }

  #node(
    type: string,
    inputs: string[],
    attributes: Record<string, number | number[]> = {},
  ): string {
    const output = `${type}.${this.#count++}`;
    this.#nodes.push([1, node(type, inputs, [output], attributes)]);
    return output;
  }

  #constant(values: Parameters<typeof tensor>[1], dims: number[]): string {
    const name = `weight.${this.#count++}`;
    this.#weights.push([5, tensor(name, values, dims)]);
    return name;
  }

  #weight(rows: number, columns: number): string {
    const spread = Math.sqrt(3 / rows);
    return this.#constant(
      Float32Array.from({ length: rows * columns }, () => (this.#random() * 2 - 1) * spread),
      [rows, columns],
    );
  }

  #embeddings(): string {
    const ids = this.#op('Mod', 'input_ids', this.#constant(BigInt64Array.of(BigInt(TABLE)), []));
    const pieces = this.#op('Gather', this.#weight(TABLE, SHAPE.width), ids);
    const one = this.#constant(BigInt64Array.of(1n), []);
    const length = this.#node('Gather', [
      this.#op('Shape', 'input_ids'),
      this.#constant(BigInt64Array.of(1n), []),
    ]);
    const places = this.#op('Range', this.#constant(BigInt64Array.of(0n), []), length, one);
    const positions = this.#op('Gather', this.#weight(SHAPE.positions, SHAPE.width), places);
    return this.#norm(this.#op('Add', pieces, positions));
  }

  /** 0 for tokens, -10,000 for padding. [texts, 1, 1, tokens] */
  #maskBias(): string {
    const mask = this.#node('Cast', ['attention_mask'], { to: 1 });
    const absent = this.#op('Sub', mask, this.#constant(Float32Array.of(1), []));
    const bias = this.#op('Mul', absent, this.#constant(Float32Array.of(10_000), []));
    return this.#op('Unsqueeze', bias, this.#constant(BigInt64Array.of(1n, 2n), [2]));
  }

  #attention(states: string, mask: string): string {
    const { width, heads } = SHAPE;
    const split = this.#constant(
      BigInt64Array.of(0n, 0n, BigInt(heads), BigInt(width / heads)),
      [4],
    );
    const join = this.#constant(BigInt64Array.of(0n, 0n, BigInt(width)), [3]);
    const part = (perm: number[]): string =>
      this.#node('Transpose', [this.#op('Reshape', this.#linear(states, width, width), split)], {
        perm,
      });
    const [query, key, value] = [part([0, 2, 1, 3]), part([0, 2, 3, 1]), part([0, 2, 1, 3])];
    const scale = this.#constant(Float32Array.of(Math.sqrt(width / heads)), []);
    const scores = this.#op('Div', this.#op('MatMul', query, key), scale);
    const shares = this.#node('Softmax', [this.#op('Add', scores, mask)], { axis: -1 });
    const heard = this.#node('Transpose', [this.#op('MatMul', shares, value)], {
      perm: [0, 2, 1, 3],
    });
    return this.#linear(this.#op('Reshape', heard, join), width, width);
  }

  #feedForward(states: string): string {
    const { width, hidden } = SHAPE;
    const x = this.#linear(states, width, hidden);
    const number = (value: number): string => this.#constant(Float32Array.of(value), []);
    const erf = this.#op('Erf', this.#op('Div', x, number(Math.SQRT2)));
    const gelu = this.#op('Mul', this.#op('Mul', x, this.#op('Add', erf, number(1))), number(0.5));
    return this.#linear(gelu, hidden, width);
  }

  #norm(states: string): string {
    const ones = this.#constant(new Float32Array(SHAPE.width).fill(1), [SHAPE.width]);
    const zeros = this.#constant(new Float32Array(SHAPE.width), [SHAPE.width]);
    return this.#node('LayerNormalization', [states, ones, zeros], { axis: -1 });
  }

  #linear(states: string, from: number, to: number): string {
    const bias = this.#constant(new Float32Array(to).fill(0.01), [to]);
    const product =
      this.#dtype === 'fp32'
        ? this.#op('MatMul', states, this.#weight(from, to))
        : this.#integerProduct(states, from, to);
    return this.#op('Add', product, bias);
  }

  #integerProduct(states: string, from: number, to: number): string {
    const id = this.#count++;
    const [whole, scale, zero] = [`whole.${id}`, `scale.${id}`, `zero.${id}`];
    this.#nodes.push([1, node('DynamicQuantizeLinear', [states], [whole, scale, zero])]);
    const values = Int8Array.from({ length: from * to }, () =>
      Math.round(this.#random() * 126 - 63),
    );
    const weight = this.#constant(values, [from, to]);
    const weightZero = this.#constant(Int8Array.of(0), []);
    const sums = this.#op('MatMulInteger', whole, weight, zero, weightZero);
    const weightScale = this.#constant(Float32Array.of(Math.sqrt(3 / from) / 63), []);
    const scales = this.#op('Mul', scale, weightScale);
    return this.#op('Mul', this.#node('Cast', [sums], { to: 1 }), scales);
  }
}
