#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, TypeScript (typescript-fetch).
# A value is one of two objects (anyOf), each with a field that is required. The generated type requires
# both fields at once, so that no valid value is one of it. Expected: A | B, as for oneOf. Seen: an
# interface with a and b.
source "$(dirname "$0")/openapi-generator"
document "    A: {type: object, required: [a], properties: {a: {type: integer}}}
    B: {type: object, required: [b], properties: {b: {type: integer}}}
    Answer: {anyOf: [{\$ref: '#/components/schemas/A'}, {\$ref: '#/components/schemas/B'}]}"
generate typescript-fetch
seen 'export interface Answer {' client/models/Answer.ts
seen '    a: number;' client/models/Answer.ts
seen '    b: number;' client/models/Answer.ts
