#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, Java, --library native.
# A value is a list of strings, or one string (anyOf). The generated class is no Java. Expected: it
# compiles. Seen: "<identifier> expected" in Words.java, whose methods are named by the type List<String>.
source "$(dirname "$0")/openapi-generator"
document "    Answer: {type: object, properties: {words: {\$ref: '#/components/schemas/Words'}}}
    Words: {anyOf: [{type: array, items: {type: string}}, {type: string}]}"
generate java --library native
! "$java/javac" -proc:none -d classes client/src/main/java/org/openapitools/client/model/Words.java >javac.log 2>&1
seen '<identifier> expected' javac.log
