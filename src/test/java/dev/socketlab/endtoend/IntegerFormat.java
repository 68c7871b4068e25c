package dev.socketlab.endtoend;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import tools.jackson.databind.JsonNode;

/** A format of the OpenAPI registry for whole numbers with a sign: int32, int64. */
record IntegerFormat(String name, int bits) implements Format {
    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean matches(ExecutionContext execution, SchemaContext schema, JsonNode value) {
        return !value.isIntegralNumber() || value.bigIntegerValue().bitLength() < bits;
    }
}
