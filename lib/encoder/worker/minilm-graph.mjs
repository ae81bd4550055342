import { FLOAT, FLOAT16, INT64, INT8, OnnxModel } from './onnx-model.mjs';

/**
 * Builds all-MiniLM-L6-v2 as an ONNX graph from its published weights: a BERT encoder (Devlin et al.,
 * 2019) whose token states are averaged (Reimers & Gurevych, 2019). Matrix products run in int8 with
 * activations quantised as they come; what is sensitive (embeddings, norms, softmax) stays in float.
 *
 * Weights are quantised per column to 7 bits: with 8, processors without VNNI saturate their 16-bit
 * sums, and a vector would depend on the machine that stored it.
 */

const LEVELS = 63;
const CONTRIB = 'com.microsoft';

/**
 * @param {{raw(name: string): Uint8Array, floats(name: string): Float32Array}} weights
 * @param {{hidden_size: number, num_hidden_layers: number, num_attention_heads: number,
 *   intermediate_size: number, vocab_size: number, max_position_embeddings: number,
 *   layer_norm_eps: number}} config the model's config.json
 * @returns {Buffer} input `ids` int64 [1, tokens] and `positions` int64 [tokens]; output `vector` float [1, hidden]
 */
export function buildMiniLm(weights, config) {
  const model = new OnnxModel();
  model.input('ids', INT64, [1, 'tokens']);
  model.input('positions', INT64, ['tokens']);
  let state = embed(model, weights, config);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    state = encoderLayer(model, weights, config, `encoder.layer.${layer}`, state);
  }
  model.node('ReduceMean', [state], ['vector'], { axes: [1], keepdims: 0 });
  model.output('vector', FLOAT, [1, config.hidden_size]);
  return model.serialise();
}

function embed(model, weights, config) {
  const { hidden_size: hidden, vocab_size: vocabulary, max_position_embeddings: length } = config;
  const words = 'embeddings.word_embeddings.weight';
  model.constant(words, FLOAT16, [vocabulary, hidden], weights.raw(words));
  // There is one sentence, so its token type is added to the positions once and for all.
  const positions = weights.floats('embeddings.position_embeddings.weight');
  const types = weights.floats('embeddings.token_type_embeddings.weight');
  const offsets = positions.map((value, index) => value + types[index % hidden]);
  model.constant('offsets', FLOAT, [length, hidden], offsets);
  model.node('Gather', [words, 'ids'], ['word16']);
  model.node('Cast', ['word16'], ['word'], { to: FLOAT });
  model.node('Gather', ['offsets', 'positions'], ['offset']);
  model.node('Add', ['word', 'offset'], ['embedding']);
  const [scale, bias] = norm(model, weights, config, 'embeddings.LayerNorm');
  const epsilon = { float: config.layer_norm_eps };
  return model.node('LayerNormalization', ['embedding', scale, bias], ['embedded'], {
    axis: 2,
    epsilon,
  });
}

function norm(model, weights, { hidden_size: hidden }, name) {
  return [`${name}.weight`, `${name}.bias`].map((part) =>
    model.constant(part, FLOAT, [hidden], weights.floats(part)),
  );
}

function encoderLayer(model, weights, config, name, state) {
  const { hidden_size: hidden, intermediate_size: inner, num_attention_heads: heads } = config;
  const dense = (part, input, rows, columns) =>
    linear(model, weights, `${name}.${part}`, input, rows, columns);
  const parts = ['query', 'key', 'value'].map((part) =>
    dense(`attention.self.${part}`, state, hidden, hidden),
  );
  const mixed = `${name}.mixed`;
  model.node('MultiHeadAttention', parts, [mixed], { num_heads: heads }, CONTRIB);
  const attended = dense('attention.output.dense', mixed, hidden, hidden);
  const afterAttention = addAndNorm(`${name}.attention.output.LayerNorm`, attended, state);
  const wide = dense('intermediate.dense', afterAttention, hidden, inner);
  const active = model.node('Gelu', [wide], [`${name}.active`], {}, CONTRIB);
  const narrow = dense('output.dense', active, inner, hidden);
  return addAndNorm(`${name}.output.LayerNorm`, narrow, afterAttention);

  function addAndNorm(part, input, skip) {
    const [scale, bias] = norm(model, weights, config, part);
    const epsilon = { float: config.layer_norm_eps };
    const out = [`${part}.out`];
    return model.node(
      'SkipLayerNormalization',
      [input, skip, scale, bias],
      out,
      { epsilon },
      CONTRIB,
    );
  }
}

/** A linear layer: stored [out, in] as PyTorch does, multiplied as [in, out]. */
function linear(model, weights, name, input, rows, columns) {
  const { values, scales } = quantise(weights.floats(`${name}.weight`), rows, columns);
  const inputs = [
    input,
    model.constant(`${name}.weight`, INT8, [rows, columns], values),
    model.constant(`${name}.scale`, FLOAT, [columns], scales),
    '',
    model.constant(`${name}.bias`, FLOAT, [columns], weights.floats(`${name}.bias`)),
  ];
  return model.node('DynamicQuantizeMatMul', inputs, [`${name}.out`], {}, CONTRIB);
}

/** Symmetric quantisation of each output column, transposing on the way. */
function quantise(weight, rows, columns) {
  const values = new Int8Array(rows * columns);
  const scales = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    const start = column * rows;
    let largest = 0;
    for (let row = 0; row < rows; row++) {
      largest = Math.max(largest, Math.abs(weight[start + row]));
    }
    const scale = largest / LEVELS || 1;
    scales[column] = scale;
    for (let row = 0; row < rows; row++) {
      values[row * columns + column] = Math.round(weight[start + row] / scale);
    }
  }
  return { values, scales };
}
