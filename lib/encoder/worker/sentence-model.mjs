import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildMiniLm } from './minilm-graph.mjs';
import { readSafetensors } from './safetensors.mjs';
import { WordPieceTokenizer } from './word-piece.mjs';

const require = createRequire(import.meta.url);

/** What the model was trained to see at most. */
const MAX_TOKENS = 256;
/** More text than this cannot matter: it fills the window at the densest. */
const MAX_CHARACTERS = 8192;

/**
 * Loads the encoder: weights from node_modules, quantised on the way, nothing fetched, nothing written.
 * Blocks its thread for about a second.
 *
 * @param {{weightsPath: string, tokenizerPath: string, configPath: string}} files
 */
export async function loadSentenceModel(files) {
  const { InferenceSession, Tensor } = require('onnxruntime-node');
  const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
  const tokenizer = new WordPieceTokenizer(readJson(files.tokenizerPath).model.vocab);
  const graph = buildMiniLm(readSafetensors(files.weightsPath), readJson(files.configPath));
  const session = await InferenceSession.create(graph, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    enableCpuMemArena: true,
  });

  return {
    /**
     * One text at a time: what it is quantised to would depend on its neighbours in a batch.
     * @param {string} text @returns {Promise<Float32Array>} 384 numbers of Euclidean length 1
     */
    async encode(text) {
      const ids = tokenizer.encode(text.slice(0, MAX_CHARACTERS), MAX_TOKENS);
      const { vector } = await session.run({
        ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
        positions: new Tensor(
          'int64',
          BigInt64Array.from(ids, (_, at) => BigInt(at)),
          [ids.length],
        ),
      });
      return normalised(vector.data);
    },
    release: () => session.release(),
  };
}

function normalised(values) {
  let squares = 0;
  for (const value of values) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return Float32Array.from(values, (value) => value / length);
}
