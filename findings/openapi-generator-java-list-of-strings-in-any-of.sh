#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, Java (okhttp-gson, its default library).
# A value is a list of strings, or one string (anyOf). The generated class takes the list and cannot write
# it. Expected: ["one"]. Seen: IllegalStateException: Not a JSON Primitive: ["one"].
source "$(dirname "$0")/openapi-generator"
document "    Answer: {type: object, properties: {words: {\$ref: '#/components/schemas/Words'}}}
    Words: {anyOf: [{type: array, items: {type: string}}, {type: string}]}"
generate java
cat >Writes.java <<'JAVA'
class Writes {
    public static void main(String[] args) {
        new org.openapitools.client.JSON();
        var words = new org.openapitools.client.model.Words();
        words.setActualInstance(java.util.List.of("one"));
        System.out.println(words.toJson());
    }
}
JAVA
compile Writes.java
! "$java/java" -cp "classes:$(cat classpath)" Writes >write.log 2>&1
seen 'Not a JSON Primitive: ["one"]' write.log
