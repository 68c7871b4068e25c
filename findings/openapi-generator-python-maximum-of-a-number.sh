#!/usr/bin/env bash
# OpenAPI Generator 7.25.0, Python (python-pydantic-v1).
# A number has a maximum that is more than 2147483647. What is generated for whole numbers has that of 32
# bits in its place, so that a valid answer is refused. Expected: conint(le=18446744073709551615). Seen:
# confloat(le=18446744073709551615, …) beside conint(le=2147483647, …).
source "$(dirname "$0")/openapi-generator"
document "    Answer: {type: object, properties: {rate: {type: number, maximum: 18446744073709551615}}}"
generate python-pydantic-v1
seen 'conint(le=2147483647' client/openapi_client/models/answer.py
