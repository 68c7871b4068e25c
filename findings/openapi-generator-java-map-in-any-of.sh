#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, Java (okhttp-gson, its default library).
# A value is text or an object of any fields (anyOf). The generated class is no Java: a variable is named
# by its type. Expected: it compiles. Seen: "TypeAdapter<Map<String, Object>> adapterMap<String, Object>".
source "$(dirname "$0")/openapi-generator"
document "    Answer: {type: object, properties: {value: {\$ref: '#/components/schemas/Value'}}}
    Value: {anyOf: [{type: string}, {type: object, additionalProperties: true}]}"
generate java
seen 'adapterMap<String, Object> =' client/src/main/java/org/openapitools/client/model/Value.java
! compile
seen 'Value.java' javac.log
