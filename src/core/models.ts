/** How token vectors become one vector: inside the graph, mean over real tokens, first token, or the graph's pooler. */
export type Pooling = 'graph' | 'mean' | 'cls' | 'pooler';

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

export const BUNDLED_MODEL = 'isogloss-encoder-0';

/**
 * Encoders offered by name. Pooling, prefix, length and licence are those of the models' own cards; revisions and hashes
 * of hub models are not listed here because they are resolved, recorded and pinned at the first download.
 */
export const MODELS: readonly ModelCard[] = [
  {
    id: BUNDLED_MODEL,
    name: 'Isogloss encoder 0 (bundled)',
    source: 'bundled',
    pooling: 'graph',
    prefix: '',
    maxTokens: 62,
    licence: 'Apache-2.0',
    languages: 'trained on texts in 746 languages; weak in many of them',
    dtypes: ['fp32'],
    files: {
      'config.json': '5416f2ad454db1efad67374d8995ae5fb1fd94f1604afc2140b183292bf3cc32',
      'onnx/model.onnx': 'e5059085b22192063b5339b7c0260cd8b92bb52ec5a84ddc7005eead8ab92ae3',
      'reference.json': 'd8c89d3785357a6bd6920b33745abb10300faa6c31662c91ad2ec2703669c345',
      'tokenizer.json': 'd66b800cc0b45c9ae42b175dce96b1b8fee10925d4e15be669a017789af3d5ca',
      'tokenizer_config.json': 'fa79e3c7c25f34a5f2579bc4395cf97d581176c02945d23526afb30246957c6e',
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
