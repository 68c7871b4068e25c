#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, Java (okhttp-gson, its default library).
# A schema is named Pair. The client has a class Pair of its own beside, and imports both by that name.
# Expected: it compiles, or the model has another name, as one named List has. Seen: javac refuses the API.
source "$(dirname "$0")/openapi-generator"
document "    Answer: {\$ref: '#/components/schemas/Pair'}
    Pair: {type: object, properties: {first: {type: integer}, second: {type: integer}}}"
sed -i 's|schemas/Answer|schemas/Pair|' document.yaml
generate java
! compile
seen 'Pair' javac.log
