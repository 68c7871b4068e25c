#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, TypeScript (typescript-fetch); TypeScript 5.9.3.
# A value is an object, or a list of such objects (oneOf). The generated module imports the object's type
# twice. Expected: it compiles. Seen: error TS2300: Duplicate identifier 'One'.
source "$(dirname "$0")/openapi-generator"
document "    One: {type: object, required: [a], properties: {a: {type: integer}}}
    Answer: {oneOf: [{\$ref: '#/components/schemas/One'}, {type: array, items: {\$ref: '#/components/schemas/One'}}]}"
generate typescript-fetch
npm install --silent --no-audit --no-fund --no-save --prefix . typescript@5.9.3 2>npm.log || { cat npm.log >&2; exit 1; }
! node_modules/.bin/tsc --noEmit --target es2022 --moduleResolution node --module es2022 client/index.ts >tsc.log
seen "Duplicate identifier 'One'" tsc.log
