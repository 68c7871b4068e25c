#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, Java (okhttp-gson, its default library).
# A schema is named Timestamp: two numbers. A class is made of it, but what refers to it has
# java.sql.Timestamp in its place, with no word in the log: it does not compile. Expected: the schema's own
# class, which is in the same package. Seen: the import.
source "$(dirname "$0")/openapi-generator"
document "    Answer: {type: object, properties: {at: {\$ref: '#/components/schemas/Timestamp'}}}
    Timestamp: {type: object, properties: {seconds: {type: integer}, nanoseconds: {type: integer}}}"
generate java
seen 'import java.sql.Timestamp;' client/src/main/java/org/openapitools/client/model/Answer.java
! compile
seen 'Timestamp' javac.log
