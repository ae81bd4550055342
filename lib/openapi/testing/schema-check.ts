import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema, OpenApiDocument } from '../types';

/** Says what is wrong with a value by a schema of the document, '' when nothing is. */
export type SchemaCheck = (schema: JsonSchema, value: unknown) => string;

/** Checks values by the document's own schemas, as a client that has only the document would. */
export function schemaCheck(document: OpenApiDocument): SchemaCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // References of the document are relative to it.
  ajv.addSchema({ $id: 'rolegate', components: document.components });
  return (schema, value) => {
    const valid = ajv.validate(absolute(schema), value);
    return valid ? '' : (ajv.errors ?? []).map(described).join('; ');
  };
}

function absolute(value: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(value).replaceAll('"$ref":"#/', '"$ref":"rolegate#/'),
  ) as JsonSchema;
}

function described({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}
