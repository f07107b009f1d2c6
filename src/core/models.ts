/** How token vectors become one vector: inside the graph, mean over real tokens, first token, or the graph's pooler. */
export const POOLINGS = ['graph', 'mean', 'cls', 'pooler'] as const;
export type Pooling = (typeof POOLINGS)[number];

export interface ModelCard {
  /** `owner/name` on the hub, or the folder under `public/models/` of the bundled encoder. */
  id: string;
  name: string;
  source: 'bundled' | 'hub';
  pooling: Pooling;
  /** Put before every text; as the model's own card asks. */
  prefix: string;
  /** Tokens read, special tokens included; longer texts are cut and counted. 0: what the tokenizer's files say. */
  maxTokens: number;
  licence: string;
  /** Languages the model's card claims, in words. */
  languages: string;
  dtypes: readonly string[];
  /** SHA-256 by file, for files that ship with the page. Hub files are pinned when first seen. */
  files: Record<string, string>;
}

/** Largest 1 - cosine to reference vectors at which a device is still trusted, by precision. */
export const PARITY_LIMITS: Record<string, number> = { fp32: 1e-4, fp16: 1e-3, q8: 1e-3 };

const HUB_DTYPES = ['fp32', 'fp16', 'q8'] as const;

export const BUNDLED_MODEL = 'isogloss-encoder-1';

/**
 * Encoders offered by name. Pooling, prefix, length and licence are those of the models' own cards; revisions and hashes
 * of hub models are not listed here because they are resolved, recorded and pinned at the first download.
 */
export const MODELS: readonly ModelCard[] = [
  {
    id: BUNDLED_MODEL,
    name: 'Isogloss encoder 1 (bundled)',
    source: 'bundled',
    pooling: 'graph',
    prefix: '',
    maxTokens: 128,
    licence: 'Apache-2.0',
    languages: 'Trained on texts in 766 languages; weak in many of them',
    dtypes: ['fp32'],
    files: {
      'config.json': '305339a215ccc65c8d9a5b83b0f6cf81ce4b3469456e81dee63f6a31c309d66a',
      'onnx/model.onnx': 'c93e32c2c13c2a73f41c7207a4d93bb4219f4e743c48e4e3cb3b80795f916e10',
      'reference.json': '53858896b0b131ae456f8516a4359326587c3f8b69a04cbb8b6981b8bdfb1052',
      'tokenizer.json': 'c702fbb1de58f9343a5d47271e6e8b381d1f6c4fbd9b60d69a17cf2cbca7be45',
      'tokenizer_config.json': 'b1e0030c193acda1e4845e516a1c9c1b78354b65692b082908300675203f451a',
      'trust.json': 'b2ecf7b6e9cdcbc21e198ecf925ab368169e763cb715c7866d2be88234cc2cce',
    },
  },
  hub('Xenova/multilingual-e5-small', 'Multilingual E5 small', {
    pooling: 'mean',
    prefix: 'query: ',
    maxTokens: 512,
    licence: 'MIT',
    languages: '94 languages',
  }),
  hub('Xenova/multilingual-e5-base', 'Multilingual E5 base', {
    pooling: 'mean',
    prefix: 'query: ',
    maxTokens: 512,
    licence: 'MIT',
    languages: '94 languages',
  }),
  hub('Xenova/paraphrase-multilingual-MiniLM-L12-v2', 'Paraphrase multilingual MiniLM L12', {
    pooling: 'mean',
    prefix: '',
    maxTokens: 128,
    licence: 'Apache-2.0',
    languages: '50 languages',
  }),
  hub('Xenova/LaBSE', 'LaBSE', {
    pooling: 'pooler',
    prefix: '',
    maxTokens: 256,
    licence: 'Apache-2.0',
    languages: '109 languages',
  }),
  hub('onnx-community/gte-multilingual-base', 'GTE multilingual base', {
    pooling: 'cls',
    prefix: '',
    maxTokens: 8192,
    licence: 'Apache-2.0',
    languages: 'over 70 languages',
  }),
  hub('Xenova/bge-m3', 'BGE-M3 (dense)', {
    pooling: 'cls',
    prefix: '',
    maxTokens: 8192,
    licence: 'MIT',
    languages: 'over 100 languages',
  }),
];

function hub(
  id: string,
  name: string,
  card: Pick<ModelCard, 'pooling' | 'prefix' | 'maxTokens' | 'licence' | 'languages'>,
): ModelCard {
  return { id, name, source: 'hub', ...card, dtypes: HUB_DTYPES, files: {} };
}

export function cardOf(id: string): ModelCard | undefined {
  return MODELS.find((card) => card.id === id);
}

/** Whether an id has the shape of a model hub id, `owner/name`. */
export function isHubId(id: string): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(id) && !id.includes('..');
}
