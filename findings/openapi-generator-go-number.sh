#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, Go.
# A number that names no format becomes a float32, which has 24 bits: 16777217 is read as 16777216, with
# no error. Expected: a type that has what JSON numbers commonly have, as the float64 of encoding/json.
# Seen: *float32. (--type-mappings number=float64 goes around it.)
source "$(dirname "$0")/openapi-generator"
document "    Answer: {type: object, properties: {value: {type: number}}}"
generate go
seen 'Value *float32' client/model_answer.go
